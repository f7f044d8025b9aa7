package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.CtcProfile;
import io.github.tornadoctc.measure.Mode;
import io.github.tornadoctc.shapes.CtcShape;
import io.github.tornadoctc.timing.Quartiles;
import io.github.tornadoctc.timing.Stopwatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Batches of random shapes through plans that were made for the largest of them. A first pass over the batches is under
 * TornadoVM's profiler, which tells what was compiled; those after it without, since its log grows, with looks at memory.
 * There is one, and there are more while memory has not settled. Batches and results are all there before the first look.
 */
final class Soak {
    /** No batch is larger in any size. Its longest target needs more than one warp of lanes. */
    static final CtcShape LARGEST = new CtcShape("largest", 200, 16, 64, 50);

    /** One with gradient, one for losses alone. */
    static final int PLANS = Mode.LOSSES.size();

    /** Hardly any work, so that its time is what any call costs. */
    private static final CtcShape TINY = new CtcShape("tiny", 20, 1, 32, 5);

    /** Some thousand calls on a device; the JVM, too, takes that long to compile what they go through. */
    private static final double TINY_SECONDS = 2;

    /** At memory in a pass, the first after some work: an odd number for each third, whose median is then one of them. */
    private static final int LOOKS = 15;
    /** A JVM's own growth has settled by then. */
    private static final int MOST_PASSES = 4;

    private static final int PROFILED_CALLS = 100;
    private static final long SEED = 1;

    private final ProfiledBackend backend;
    private final Runnable step;
    private final List<Call> calls = new ArrayList<>();

    private Soak(ProfiledBackend backend, int batches, Runnable step) {
        this.backend = backend;
        this.step = step;
        Random random = new Random(SEED);
        for (int i = 0; i < batches; i++) {
            calls.add(Call.of(randomShape(random), random.nextBoolean() ? Mode.STEP : Mode.LOSS, random.nextLong()));
        }
    }

    /** The number of times that {@link #of} runs {@code step}, unless more than one pass is needed. */
    static int steps(int batches) {
        return batches + LOOKS * Math.ceilDiv(batches, LOOKS);
    }

    /**
     * Soaks a backend that has not computed anything yet.
     *
     * @param step runs after each batch of each pass
     */
    static Counters of(ProfiledBackend backend, int batches, Runnable step) {
        return new Soak(backend, batches, step).counters();
    }

    private Counters counters() {
        CtcBatch largest = largest(new Random(SEED));
        int compiledAtFirst = 0;
        for (Mode mode : Mode.LOSSES) {
            compiledAtFirst += Call.of(largest, mode).profile(backend).compiledKernels();
        }
        int compiled = 0;
        for (Call call : calls) {
            compiled += call.profile(backend).compiledKernels();
            step.run();
        }
        List<Memory> looks;
        int passes = 0;
        do {
            looks = pass();
            passes++;
        } while (!Counters.areSettled(looks) && passes < MOST_PASSES);
        return new Counters(
                calls.size(), compiledAtFirst, compiled, backend.profiler().plansMade() - PLANS, passes, looks);
    }

    /** Computes all batches, with as many between two looks. Where they are few, some come more than once. */
    private List<Memory> pass() {
        List<Memory> looks = new ArrayList<>();
        int computed = 0;
        for (int look = 0; look < LOOKS; look++) {
            for (int i = 0; i < Math.ceilDiv(calls.size(), LOOKS); i++) {
                calls.get(computed % calls.size()).compute(backend);
                computed++;
                step.run();
            }
            looks.add(Memory.now(backend));
        }
        return looks;
    }

    /** Every utterance as long as there is one, and every target. */
    static CtcBatch largest(Random random) {
        int[][] targets = new int[LARGEST.batchSize()][];
        Arrays.setAll(targets, b -> random.ints(LARGEST.maxTargetLength(), 1, LARGEST.symbols())
                .toArray());
        return CtcBatch.builder(LARGEST.timeSteps(), LARGEST.batchSize(), LARGEST.symbols())
                .scores(LARGEST.randomBatch(SEED).scores())
                .targets(targets)
                .build();
    }

    private static CtcShape randomShape(Random random) {
        return new CtcShape(
                "random",
                randomSize(random, 1, LARGEST.timeSteps()),
                randomSize(random, 1, LARGEST.batchSize()),
                randomSize(random, 2, LARGEST.symbols()),
                randomSize(random, 0, LARGEST.maxTargetLength()));
    }

    /** A quarter each of the least and the most, so that the smallest of one size meets the largest of another. */
    private static int randomSize(Random random, int least, int most) {
        return switch (random.nextInt(4)) {
            case 0 -> least;
            case 1 -> most;
            default -> random.nextInt(least, most + 1);
        };
    }

    /** What a call costs beyond the device's own time, for a batch of hardly any work; on a new backend. */
    static Overhead overhead(ProfiledBackend backend) {
        Call call = Call.of(TINY, Mode.STEP, SEED);
        Quartiles wall =
                new Stopwatch(TINY_SECONDS).time(() -> call.compute(backend)).milliseconds();
        double[] device = new double[PROFILED_CALLS];
        for (int i = 0; i < PROFILED_CALLS; i++) {
            device[i] = call.profile(backend).deviceNanos() / 1e6;
        }
        return new Overhead(wall, Quartiles.of(device));
    }

    /**
     * Milliseconds of a call with T=20 and B=1.
     *
     * @param wall by the wall clock, without the profiler
     * @param device kernels and copies, by the profiler
     */
    record Overhead(Quartiles wall, Quartiles device) {
        double milliseconds() {
            return wall.median() - device.median();
        }
    }

    private record Call(CtcBatch batch, CtcOptions options, CtcResult result) {
        static Call of(CtcShape shape, Mode mode, long seed) {
            return of(shape.randomBatch(seed), mode);
        }

        static Call of(CtcBatch batch, Mode mode) {
            return new Call(batch, mode.options(), CtcResult.allocate(batch, mode.options()));
        }

        void compute(ProfiledBackend backend) {
            backend.backend().compute(batch, options, result);
        }

        CtcProfile profile(ProfiledBackend backend) {
            return backend.profiler().profile(batch, options, result);
        }
    }
}
