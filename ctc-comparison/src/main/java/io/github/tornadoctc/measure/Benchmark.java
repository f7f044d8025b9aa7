package io.github.tornadoctc.measure;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcWarmUp;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import io.github.tornadoctc.timing.Stopwatch;
import io.github.tornadoctc.timing.Timing;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Times backends on random batches, each result checked before it is timed and reused from call to call as in a
 * training loop.
 *
 * <p>Every batch gets backends of its own. A device's plan grows to fit all batches it has seen, and would compute
 * a small one after a large one with more work-items than the small one needs.
 */
public final class Benchmark {
    private final List<String> backends;
    private final List<Mode> modes;
    private final double scale;
    private final Layout layout;
    private final boolean lent;
    private final Stopwatch stopwatch;

    /**
     * A benchmark.
     *
     * @param backends names of backends that can be used here
     * @param seconds budget of each measurement
     * @param scale what logits are multiplied by, see {@link BenchmarkShapes#batch(CtcShape, double, Layout)}
     * @param layout of the batches
     * @param lent whether scores and gradient are in memory that the backend has {@linkplain CtcBackend#allocate lent}
     */
    public Benchmark(
            List<String> backends, List<Mode> modes, double seconds, double scale, Layout layout, boolean lent) {
        this.backends = List.copyOf(backends);
        this.modes = List.copyOf(modes);
        this.scale = scale;
        this.layout = layout;
        this.lent = lent;
        this.stopwatch = new Stopwatch(seconds);
    }

    /** The number of measurements that {@link #run} makes of a shape. */
    public int measurements() {
        return backends.size() * modes.size();
    }

    /**
     * Times every backend in every mode, on {@link BenchmarkShapes#batch(CtcShape, double, Layout)}.
     *
     * @param done runs after each measurement
     * @throws IllegalStateException if a backend's result is wrong
     */
    public Outcome run(CtcShape shape, Runnable done) {
        CtcBatch batch = BenchmarkShapes.batch(shape, scale, layout);
        Check check = new Check(batch);
        List<Throughput> measured = new ArrayList<>();
        for (String name : backends) {
            // closed after the backend, which may read what it has lent until then
            try (Arena arena = Arena.ofShared();
                    CtcBackend backend = CtcBackends.open(name)) {
                CtcWarmUp.of(backend);
                BenchmarkMemory memory =
                        lent ? BenchmarkMemory.lent(backend, batch, arena) : BenchmarkMemory.own(batch);
                for (Mode mode : modes) {
                    Timing timing = mode == Mode.ALIGN
                            ? timeAlignment(backend, memory.batch(), check, shape)
                            : time(backend, memory, mode.options(), check, shape);
                    measured.add(Throughput.of(shape, name, mode, timing, batch));
                    done.run();
                }
            }
        }
        return new Outcome(shape, measured, check.utterances());
    }

    private Timing time(CtcBackend backend, BenchmarkMemory memory, CtcOptions options, Check check, CtcShape shape) {
        CtcBatch batch = memory.batch();
        CtcResult result = memory.result(options);
        backend.compute(batch, options, result);
        refuse(check.error(result), backend, shape);
        return stopwatch.time(() -> backend.compute(batch, options, result));
    }

    private Timing timeAlignment(CtcBackend backend, CtcBatch batch, Check check, CtcShape shape) {
        CtcAligner aligner = backend.operation(CtcAligner.class)
                .orElseThrow(() -> new IllegalArgumentException(
                        "backend %s does not align, so mode align is not for it".formatted(backend.name())));
        refuse(check.error(aligner.align(batch, AlignmentOptions.defaults())), backend, shape);
        return stopwatch.time(() -> aligner.align(batch, AlignmentOptions.defaults()));
    }

    private static void refuse(Optional<String> wrong, CtcBackend backend, CtcShape shape) {
        if (wrong.isPresent()) {
            throw new IllegalStateException("backend %s is wrong, so it is not timed: shape %s: %s"
                    .formatted(backend.name(), shape.name(), wrong.get()));
        }
    }

    /**
     * What came of one shape.
     *
     * @param checkedUtterances how many of the batch's utterances were held against the reference
     */
    public record Outcome(CtcShape shape, List<Throughput> measured, int checkedUtterances) {}
}
