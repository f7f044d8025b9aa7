package io.github.tornadoctc.compare;

import io.github.tornadoctc.BatchTooLargeException;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcWarmUp;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.ScoreType;
import io.github.tornadoctc.timing.Quartiles;
import io.github.tornadoctc.timing.Stopwatch;
import io.github.tornadoctc.timing.Timing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes a batch on one backend a number of times, and holds every result against the first, bit by bit. */
final class Repetition {
    /** A computation that takes longer is not repeated unasked; compiling the kernels on a busy machine takes less. */
    private static final double LONG_MILLISECONDS = 30_000;
    /** A float of these bytes is NaN: what a backend does not write cannot pass for a 0. */
    private static final byte UNWRITTEN = (byte) 0xff;

    private final Candidate candidate;
    private final CtcBatch batch;
    private final CtcOptions options;
    private final CtcResult first;
    private double milliseconds;
    private @Nullable Timing timing;
    private int runs;
    private Violations differences = Violations.NONE;

    Repetition(Candidate candidate, CtcBatch batch, CtcOptions options) {
        this.candidate = candidate;
        this.batch = batch;
        this.options = options;
        this.first = CtcResult.allocate(batch, options, ScoreType.FLOAT32);
    }

    /**
     * Computes.
     *
     * @param effort how many times, {@link Comparison#REPEAT_IF_QUICK}: a second time if the first was quick; and for how
     *     long to time it then, if the last time was quick
     * @param spare room for the results after the first
     */
    Repetition run(Comparison.Effort effort, CtcResult spare) {
        compute(first);
        int wanted = effort.repeat();
        if (wanted == Comparison.REPEAT_IF_QUICK) {
            wanted = milliseconds < LONG_MILLISECONDS ? 2 : 1;
        }
        while (runs < wanted) {
            compute(spare);
            differences = differences.and(difference(spare));
        }
        if (effort.seconds() > 0 && milliseconds < LONG_MILLISECONDS) {
            CtcWarmUp.of(candidate.backend());
            timing = new Stopwatch(effort.seconds())
                    .time(() -> candidate.backend().compute(batch, options, spare));
        }
        return this;
    }

    private void compute(CtcResult result) {
        result.gradient().fill(UNWRITTEN);
        long start = System.nanoTime();
        try {
            candidate.backend().compute(batch, options, result);
        } catch (BatchTooLargeException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalStateException("backend %s failed: %s".formatted(candidate.label(), e.getMessage()), e);
        }
        milliseconds = (System.nanoTime() - start) / 1e6;
        runs++;
    }

    private Violations difference(CtcResult result) {
        for (int b = 0; b < batch.batchSize(); b++) {
            if (result.status(b) != first.status(b)) {
                return difference("statuses[%d]".formatted(b), result.status(b), first.status(b));
            }
            if (Double.doubleToRawLongBits(result.loss(b)) != Double.doubleToRawLongBits(first.loss(b))) {
                return difference(Place.loss(b), result.loss(b), first.loss(b));
            }
        }
        long differing = result.gradient().mismatch(first.gradient());
        if (differing < 0) {
            return Violations.NONE;
        }
        long index = differing / result.gradientType().bytes();
        return difference(
                place(index),
                result.gradientType().get(result.gradient(), index),
                first.gradientType().get(first.gradient(), index));
    }

    private Violations difference(Object at, Object now, Object before) {
        return new Violations(1, "run %d: %s = %s, but %s in run 1".formatted(runs, at, now, before));
    }

    private Place place(long index) {
        int row = (int) (index / batch.symbols());
        int v = (int) (index % batch.symbols());
        return batch.layout() == Layout.TIME_MAJOR
                ? Place.gradient(row / batch.batchSize(), row % batch.batchSize(), v)
                : Place.gradient(row % batch.timeSteps(), row / batch.timeSteps(), v);
    }

    CtcResult result() {
        return first;
    }

    BackendComparison compared(List<Deviation> utterances, GradientErrors errors) {
        return new BackendComparison(
                candidate.label(),
                candidate.backend().device(),
                timing == null ? new Timing(Quartiles.of(milliseconds), runs - 1, false) : timing,
                runs,
                differences,
                ResultComparison.of(batch, options, first, utterances, errors),
                null);
    }
}
