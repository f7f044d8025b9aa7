package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.ScoreType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Neighbouring utterances of a batch, {@code first} to {@code first + size}, computed in one execution. On the device a
 * part is a batch of its own, in the layout of the whole and of {@code timeSteps} frames, which are no fewer than any of
 * its utterances has.
 */
record BatchPart(CtcBatch batch, int first, int size, int timeSteps) {
    /** Bytes of a row. A shorter one is copied in less time than it takes to see whether its utterance has ended. */
    private static final long LEAST_ROW = 512;

    private static final Logger LOG = LoggerFactory.getLogger(BatchPart.class);

    /** The whole batch as it is, frames past every utterance's end included. */
    static BatchPart all(CtcBatch batch) {
        return new BatchPart(batch, 0, batch.batchSize(), batch.timeSteps());
    }

    /** Some utterances, with as many frames as the longest of them has. */
    static BatchPart of(CtcBatch batch, int first, int size) {
        int longest = 0;
        for (int b = first; b < first + size; b++) {
            longest = Math.max(longest, batch.inputLength(b));
        }
        return new BatchPart(batch, first, size, longest);
    }

    /** That many parts, whose sizes differ by at most one. */
    static List<BatchPart> split(CtcBatch batch, int parts) {
        List<BatchPart> all = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int first = (int) ((long) batch.batchSize() * part / parts);
            int end = (int) ((long) batch.batchSize() * (part + 1) / parts);
            all.add(of(batch, first, end - first));
        }
        return all;
    }

    /**
     * The same, but that the first and the last are a third as large as the others, and what they leave is a part as well:
     * nothing can be computed before the first has gone to the device, and nothing else is under way when the last comes
     * back.
     */
    static List<BatchPart> splitSmallAtEnds(CtcBatch batch, int parts) {
        List<BatchPart> even = split(batch, parts);
        NavigableSet<Integer> cuts = new TreeSet<>();
        even.forEach(part -> cuts.add(part.first()));
        cuts.add(Math.ceilDiv(even.getFirst().size(), 3));
        cuts.add(batch.batchSize() - Math.ceilDiv(even.getLast().size(), 3));
        List<BatchPart> all = new ArrayList<>();
        for (int first : cuts) {
            int end = Objects.requireNonNullElse(cuts.higher(first), batch.batchSize());
            all.add(of(batch, first, end - first));
        }
        return all;
    }

    /** Those of a batch-major batch, with all of its frames: every part is then a run of the batch's memory. */
    static List<BatchPart> splitInPlace(CtcBatch batch, int parts) {
        return splitSmallAtEnds(batch, parts).stream()
                .map(part -> new BatchPart(batch, part.first(), part.size(), batch.timeSteps()))
                .toList();
    }

    /**
     * At least so many parts, of about as many utterances, that each fit a device.
     *
     * @param needed what a plan for a part needs
     * @throws IllegalArgumentException if a single utterance does not fit
     */
    static List<BatchPart> fitting(
            CtcBatch batch, int least, DeviceLimits limits, Function<BatchPart, Capacity> needed) {
        int most = batch.batchSize();
        int count = Math.min(least, most);
        List<BatchPart> parts = split(batch, count);
        while (count < most && !limits.allows(needed(parts, needed))) {
            count = Math.min(2 * count, most);
            parts = split(batch, count);
        }
        if (count > 0) {
            limits.check(needed(parts, needed));
        }
        if (count > least) {
            LOG.info(
                    "a batch of {} in {} parts, to fit {} bytes of {}",
                    most,
                    count,
                    limits.memory(),
                    limits.description());
        }
        return parts;
    }

    /** What a plan for any of these parts needs, of which there is one at least. */
    static Capacity needed(List<BatchPart> parts, Function<BatchPart, Capacity> needed) {
        return parts.stream().map(needed).reduce(Capacity::max).orElseThrow();
    }

    /** Where the first utterance's elements begin in a batch-major batch. */
    long firstScore() {
        return (long) first * batch.timeSteps() * batch.symbols();
    }

    /** Elements of the part's scores. */
    long scores() {
        return (long) timeSteps * size * batch.symbols();
    }

    /** Copies the part's scores to the front of {@code packed}, those of long rows past an utterance's end excepted. */
    void pack(MemorySegment packed, HostThreads threads) {
        runs(batch.scores(), batch.scoreType(), 0, timeSteps).pack(packed, threads);
    }

    /**
     * Copies the front of {@code packed} to where the part's elements are in the gradient of the batch. Those past an
     * utterance's end become 0.
     */
    void unpack(MemorySegment packed, CtcResult result, HostThreads threads) {
        runs(result.gradient(), result.gradientType(), 0, timeSteps).unpack(packed, threads);
        runs(result.gradient(), result.gradientType(), timeSteps, batch.timeSteps())
                .clear(threads);
    }

    /** Where the part's frames from {@code begin} to {@code end} are in a segment shaped as the scores. */
    private Runs runs(MemorySegment whole, ScoreType type, int begin, int end) {
        long row = (long) type.bytes() * batch.symbols();
        int frames = end - begin;
        long at = frames == 0 ? 0 : batch.rowOffset(begin, first) * type.bytes();
        if (batch.layout() == Layout.TIME_MAJOR) {
            Runs.Rows used = (t, b) -> isInside(begin + t, b);
            // of all utterances, frames are one run, and faster copied than the rows of those that have not ended
            boolean lookAtRows = row >= LEAST_ROW && size < batch.batchSize();
            return new Runs(whole, at, size * row, batch.batchSize() * row, frames, row, lookAtRows ? used : null);
        }
        Runs.Rows used = (b, t) -> isInside(begin + t, b);
        return new Runs(whole, at, row * frames, batch.timeSteps() * row, size, row, row < LEAST_ROW ? null : used);
    }

    private boolean isInside(long t, long b) {
        return t < batch.inputLength(first + (int) b);
    }
}
