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
import java.util.List;
import java.util.Random;

/**
 * Batches of random shapes through plans that were made for the largest of them. Two passes over the same batches: the
 * first under TornadoVM's profiler, which tells what was compiled; the second without it, since its log grows, between
 * two looks at memory. Batches and results are all there before the first look.
 */
final class Soak {
    /** No batch is larger in any size. Its longest target needs more than one warp of lanes. */
    static final CtcShape LARGEST = new CtcShape("largest", 200, 16, 64, 50);

    /** One with gradient, one for losses alone. */
    static final int PLANS = Mode.values().length;

    /** Hardly any work, so that its time is what any call costs. */
    private static final CtcShape TINY = new CtcShape("tiny", 20, 1, 32, 5);

    /** Some thousand calls on a device; the JVM, too, takes that long to compile what they go through. */
    private static final double TINY_SECONDS = 2;

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

    /** The number of times that {@link #of} runs {@code step}. */
    static int steps(int batches) {
        return 2 * batches;
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
        int compiledAtFirst = 0;
        for (Mode mode : Mode.values()) {
            compiledAtFirst += Call.of(LARGEST, mode, SEED).profile(backend).compiledKernels();
        }
        int compiled = 0;
        for (Call call : calls) {
            compiled += call.profile(backend).compiledKernels();
            step.run();
        }
        Memory before = Memory.now(backend);
        for (Call call : calls) {
            call.compute(backend);
            step.run();
        }
        Memory after = Memory.now(backend);
        return new Counters(
                calls.size(), compiledAtFirst, compiled, backend.profiler().plansMade() - PLANS, before, after);
    }

    private static CtcShape randomShape(Random random) {
        return new CtcShape(
                "random",
                random.nextInt(1, LARGEST.timeSteps() + 1),
                random.nextInt(1, LARGEST.batchSize() + 1),
                random.nextInt(2, LARGEST.symbols() + 1),
                random.nextInt(0, LARGEST.maxTargetLength() + 1));
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
            CtcBatch batch = shape.randomBatch(seed);
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
