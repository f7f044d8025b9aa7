package io.github.tornadoctc.measure;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    private final Stopwatch stopwatch;
    private final JvmWarmUp jvmWarmUp;
    private final Set<String> warm = new HashSet<>();

    /**
     * A benchmark.
     *
     * @param backends names of backends that can be used here
     * @param seconds budget of each measurement
     */
    public Benchmark(List<String> backends, List<Mode> modes, double seconds) {
        this.backends = List.copyOf(backends);
        this.modes = List.copyOf(modes);
        this.stopwatch = new Stopwatch(seconds);
        this.jvmWarmUp = new JvmWarmUp(seconds);
    }

    /** The number of measurements that {@link #run} makes of a shape. */
    public int measurements() {
        return backends.size() * modes.size();
    }

    /**
     * Times every backend in every mode, on {@link BenchmarkShapes#batch}.
     *
     * @param done runs after each measurement
     * @throws IllegalStateException if a backend's result is wrong
     */
    public Outcome run(CtcShape shape, Runnable done) {
        CtcBatch batch = BenchmarkShapes.batch(shape);
        Check check = new Check(batch);
        List<Throughput> measured = new ArrayList<>();
        for (String name : backends) {
            try (CtcBackend backend = CtcBackends.open(name)) {
                if (warm.add(name)) {
                    warmUp(backend, batch);
                }
                for (Mode mode : modes) {
                    Quartiles milliseconds = time(backend, batch, mode.options(), check, shape);
                    measured.add(Throughput.of(shape, name, mode, milliseconds, batch));
                    done.run();
                }
            }
        }
        return new Outcome(shape, measured, check.utterances());
    }

    private void warmUp(CtcBackend backend, CtcBatch batch) {
        CtcResult result = CtcResult.allocate(batch, Mode.STEP.options());
        jvmWarmUp.run(() -> modes.forEach(mode -> backend.compute(batch, mode.options(), result)));
    }

    private Quartiles time(CtcBackend backend, CtcBatch batch, CtcOptions options, Check check, CtcShape shape) {
        CtcResult result = backend.compute(batch, options);
        Optional<String> wrong = check.error(result);
        if (wrong.isPresent()) {
            throw new IllegalStateException("backend %s is wrong, so it is not timed: shape %s: %s"
                    .formatted(backend.name(), shape.name(), wrong.get()));
        }
        return stopwatch.milliseconds(() -> backend.compute(batch, options, result));
    }

    /**
     * What came of one shape.
     *
     * @param checkedUtterances how many of the batch's utterances were held against the reference
     */
    public record Outcome(CtcShape shape, List<Throughput> measured, int checkedUtterances) {}
}
