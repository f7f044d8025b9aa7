package io.github.tornadoctc.compare;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.reference.ForwardBackward;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Computes a batch on several backends and holds each against the double reference: the tables of
 * {@link ForwardBackward} as they are, not rounded to the float32 of a {@link CtcResult}.
 */
public final class Comparison {
    /** A computation that takes longer is not repeated to be timed warm; compiling the kernels takes less. */
    private static final double LONG_MILLISECONDS = 10_000;

    /** Hears how far a comparison is, from any thread. */
    public interface Progress {
        /** One of the steps is done: a backend has computed, or an utterance has been compared. */
        void step();
    }

    private final CtcBatch batch;
    private final CtcOptions options;
    private final Progress progress;

    private Comparison(CtcBatch batch, CtcOptions options, Progress progress) {
        this.batch = batch;
        this.options = options.withGradient(true);
        this.progress = progress;
    }

    /** The number of steps that {@link #of} reports. */
    public static int steps(CtcBatch batch, List<CtcBackend> backends) {
        return backends.size() + batch.batchSize();
    }

    /**
     * Compares losses, statuses and gradients.
     *
     * @param options what to compute; reduction none, so that gradients are those of the utterances' own losses
     * @return one comparison per backend, in their order
     */
    public static List<BackendComparison> of(
            CtcBatch batch, CtcOptions options, List<CtcBackend> backends, Progress progress) {
        return new Comparison(batch, options, progress).of(backends);
    }

    private List<BackendComparison> of(List<CtcBackend> backends) {
        List<Computed> computed = new ArrayList<>();
        for (CtcBackend backend : backends) {
            computed.add(compute(backend));
            progress.step();
        }
        List<CtcResult> results = computed.stream().map(Computed::result).toList();
        List<Deviation[]> deviations = IntStream.range(0, batch.batchSize())
                .parallel()
                .mapToObj(b -> compareUtterance(b, results))
                .toList();
        return IntStream.range(0, computed.size())
                .mapToObj(i -> computed.get(i)
                        .compared(deviations.stream().map(each -> each[i]).toList()))
                .toList();
    }

    private Deviation[] compareUtterance(int b, List<CtcResult> results) {
        Deviation[] deviations = UtteranceComparison.of(batch, b, options, results);
        progress.step();
        return deviations;
    }

    private Computed compute(CtcBackend backend) {
        CtcResult result = CtcResult.allocate(batch, options);
        double milliseconds = time(backend, result);
        if (milliseconds < LONG_MILLISECONDS) {
            milliseconds = time(backend, result);
        }
        return new Computed(backend, result, milliseconds);
    }

    private double time(CtcBackend backend, CtcResult result) {
        long start = System.nanoTime();
        try {
            backend.compute(batch, options, result);
        } catch (RuntimeException e) {
            throw new IllegalStateException("backend %s failed: %s".formatted(backend.name(), e.getMessage()), e);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private record Computed(CtcBackend backend, CtcResult result, double milliseconds) {
        BackendComparison compared(List<Deviation> utterances) {
            return new BackendComparison(backend.name(), backend.device(), milliseconds, utterances);
        }
    }
}
