package io.github.tornadoctc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a {@link CtcBatch} and checks each; an error names the argument, the index and the value. */
public final class CtcBatchBuilder {
    final int timeSteps;
    final int batchSize;
    final int symbols;
    int blank;
    Layout layout = Layout.TIME_MAJOR;
    /** Null if they are on a device. */
    @Nullable
    MemorySegment scores = MemorySegment.NULL;

    ScoreType scoreType = ScoreType.FLOAT32;

    private final long scoreCount;
    /**
     * Null until they are given. B is not limited by memory while there are no scores, so defaults for all utterances
     * are not allocated before the batch is checked.
     */
    private int @Nullable [] inputLengths;

    private boolean hasScores;
    private int[] labels = {};
    /** Where each target begins among the labels, and where the last one ends; null until targets are given. */
    private int @Nullable [] labelOffsets;

    CtcBatchBuilder(int timeSteps, int batchSize, int symbols) {
        this.timeSteps = atLeast("timeSteps", timeSteps, 0);
        this.batchSize = atLeast("batchSize", batchSize, 0);
        this.symbols = atLeast("symbols", symbols, 1);
        try {
            this.scoreCount = Math.multiplyExact((long) timeSteps * batchSize, (long) symbols);
            Math.multiplyExact(scoreCount, (long) Float.BYTES);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "timeSteps * batchSize * symbols = %d * %d * %d scores do not fit any memory"
                            .formatted(timeSteps, batchSize, symbols),
                    e);
        }
    }

    /** The index of the blank symbol, in [0, V), which {@link #build} checks; 0 unless said otherwise. */
    public CtcBatchBuilder blank(int index) {
        this.blank = index;
        return this;
    }

    /** The order of the axes of the scores; time-major unless said otherwise. */
    public CtcBatchBuilder layout(Layout order) {
        this.layout = notNull("layout", order);
        return this;
    }

    /**
     * The T·B·V scores, float32 in native byte order. A native segment is used as it is, without copying, and must
     * stay alive and unchanged while the batch is computed; a heap segment is copied off-heap.
     *
     * @throws IllegalArgumentException if the segment is of another size, its address is not a multiple of 4, or its
     *     arena is confined to one thread
     */
    public CtcBatchBuilder scores(MemorySegment segment) {
        return scores(segment, ScoreType.FLOAT32);
    }

    /**
     * The T·B·V scores of that type, in native byte order. A native segment is used as it is, without copying, and must
     * stay alive and unchanged while the batch is computed; a heap segment is copied off-heap.
     *
     * @throws IllegalArgumentException if the segment is of another size, its address is not a multiple of an element's
     *     size, or its arena is confined to one thread
     */
    public CtcBatchBuilder scores(MemorySegment segment, ScoreType type) {
        notNull("scores", segment);
        long expected = scoreCount * notNull("type", type).bytes();
        if (segment.byteSize() != expected) {
            throw new IllegalArgumentException(
                    "scores has %d bytes, but timeSteps * batchSize * symbols = %d * %d * %d %s scores take %d"
                            .formatted(
                                    segment.byteSize(),
                                    timeSteps,
                                    batchSize,
                                    symbols,
                                    type.name().toLowerCase(Locale.ROOT),
                                    expected));
        }
        if (segment.isNative() && segment.address() % type.bytes() != 0) {
            throw new IllegalArgumentException("scores is at address 0x%x, which is not a multiple of %d"
                    .formatted(segment.address(), type.bytes()));
        }
        if (segment.isNative()) {
            Confinement.check("scores", segment);
        }
        this.scores = segment.isNative() ? segment : offHeap(segment);
        this.scoreType = type;
        this.hasScores = true;
        return this;
    }

    /**
     * The T·B·V scores, copied off-heap.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public CtcBatchBuilder scores(float... values) {
        return scores(MemorySegment.ofArray(notNull("scores", values)));
    }

    /**
     * Says that the scores are on a device, for the caller's own tasks there; such a batch has lengths and labels only,
     * and no backend computes it.
     */
    public CtcBatchBuilder scoresOnDevice() {
        this.scores = null;
        this.hasScores = true;
        return this;
    }

    /**
     * The number of frames of each utterance, B values in [0, T]; all T unless said otherwise.
     *
     * @throws IllegalArgumentException if there are more or fewer, or one is out of range
     */
    public CtcBatchBuilder inputLengths(int... lengths) {
        notNull("inputLengths", lengths);
        if (lengths.length != batchSize) {
            throw new IllegalArgumentException(
                    "inputLengths has %d values for a batch of %d".formatted(lengths.length, batchSize));
        }
        allInRange("inputLengths", lengths, timeSteps, "the batch's time steps");
        this.inputLengths = lengths.clone();
        return this;
    }

    /**
     * The B label sequences, without padding. {@link #build} checks their labels.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public CtcBatchBuilder targets(int[]... targets) {
        notNull("targets", targets);
        if (targets.length != batchSize) {
            throw new IllegalArgumentException(
                    "targets has %d rows for a batch of %d".formatted(targets.length, batchSize));
        }
        int[] lengths = new int[batchSize];
        for (int b = 0; b < batchSize; b++) {
            lengths[b] = row(targets, b).length;
        }
        int[] offsets = offsets(lengths);
        int[] all = new int[offsets[batchSize]];
        for (int b = 0; b < batchSize; b++) {
            System.arraycopy(targets[b], 0, all, offsets[b], lengths[b]);
        }
        return labels(all, offsets);
    }

    /**
     * Label sequences padded to one length, row after row.
     *
     * @param padded B·{@code width} labels; those past a row's length are never read
     * @param width the padded length of a row, Umax
     * @param lengths U_b, B values in [0, width]
     * @throws IllegalArgumentException if there are more or fewer labels or lengths, or a length is out of range
     */
    public CtcBatchBuilder paddedTargets(int[] padded, int width, int... lengths) {
        notNull("targets", padded);
        checkTargetLengths(lengths, atLeast("width", width, 0), "the padded width");
        if (padded.length != (long) batchSize * width) {
            throw new IllegalArgumentException("targets has %d labels, but batchSize * width = %d * %d"
                    .formatted(padded.length, batchSize, width));
        }
        int[] offsets = offsets(lengths);
        int[] all = new int[offsets[batchSize]];
        for (int b = 0; b < batchSize; b++) {
            System.arraycopy(padded, b * width, all, offsets[b], lengths[b]);
        }
        return labels(all, offsets);
    }

    /**
     * Label sequences one after the other, without padding.
     *
     * @param targets the labels of utterance 0, then of utterance 1, …
     * @param lengths U_b, B values ≥ 0 that add up to {@code targets.length}
     * @throws IllegalArgumentException if there are more or fewer lengths, one is negative, or they add up to another
     *     number
     */
    public CtcBatchBuilder concatenatedTargets(int[] targets, int... lengths) {
        notNull("targets", targets);
        checkTargetLengths(lengths, targets.length, "all labels there are");
        int[] offsets = offsets(lengths);
        if (offsets[batchSize] != targets.length) {
            throw new IllegalArgumentException("targets has %d labels, but targetLengths add up to %d"
                    .formatted(targets.length, offsets[batchSize]));
        }
        return labels(targets.clone(), offsets);
    }

    /**
     * The batch.
     *
     * @throws IllegalArgumentException if scores or targets are missing, the blank is no symbol, or a label is the
     *     blank or no symbol
     */
    public CtcBatch build() {
        inRange("blank", blank, 0, symbols - 1, "the last symbol");
        if (!hasScores && scoreCount > 0) {
            throw new IllegalArgumentException("scores is missing");
        }
        int[] offsets = labelOffsets;
        if (offsets == null) {
            if (batchSize > 0) {
                throw new IllegalArgumentException("targets is missing");
            }
            offsets = new int[1];
        }
        for (int b = 0; b < batchSize; b++) {
            for (int i = offsets[b]; i < offsets[b + 1]; i++) {
                checkLabel(b, i - offsets[b], labels[i]);
            }
        }
        return new CtcBatch(this, inputLengths == null ? fullLengths() : inputLengths, labels, offsets);
    }

    private int[] fullLengths() {
        int[] lengths = new int[batchSize];
        Arrays.fill(lengths, timeSteps);
        return lengths;
    }

    private CtcBatchBuilder labels(int[] all, int[] offsets) {
        this.labels = all;
        this.labelOffsets = offsets;
        return this;
    }

    private void checkLabel(int b, int u, int label) {
        if (label < 0 || label >= symbols) {
            throw new IllegalArgumentException(
                    "targets[%d][%d] = %d is not a symbol: symbols are 0 to %d".formatted(b, u, label, symbols - 1));
        }
        if (label == blank) {
            throw new IllegalArgumentException("targets[%d][%d] = %d is the blank".formatted(b, u, label));
        }
    }

    private void checkTargetLengths(int[] lengths, int most, String mostIs) {
        notNull("targetLengths", lengths);
        if (lengths.length != batchSize) {
            throw new IllegalArgumentException(
                    "targetLengths has %d values for a batch of %d".formatted(lengths.length, batchSize));
        }
        allInRange("targetLengths", lengths, most, mostIs);
    }

    private static int[] offsets(int[] lengths) {
        int[] offsets = new int[lengths.length + 1];
        for (int b = 0; b < lengths.length; b++) {
            try {
                offsets[b + 1] = Math.addExact(offsets[b], lengths[b]);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(
                        "targetLengths[%d] = %d: more than %d labels in all"
                                .formatted(b, lengths[b], Integer.MAX_VALUE),
                        e);
            }
        }
        return offsets;
    }

    private static int[] row(int[][] targets, int b) {
        if (targets[b] == null) {
            throw new NullPointerException(
                    "targets[%d] is null; a target without labels is an empty array".formatted(b));
        }
        return targets[b];
    }

    private static <T> T notNull(String argument, T value) {
        return Objects.requireNonNull(value, () -> argument + " is null");
    }

    private static int atLeast(String argument, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("%s = %d is less than %d".formatted(argument, value, least));
        }
        return value;
    }

    private static void allInRange(String argument, int[] values, int most, String mostIs) {
        for (int b = 0; b < values.length; b++) {
            // the name is made only for an error: one for each value would take hundreds of times the values' memory
            if (values[b] < 0 || values[b] > most) {
                inRange("%s[%d]".formatted(argument, b), values[b], 0, most, mostIs);
            }
        }
    }

    private static void inRange(String argument, int value, int least, int most, String mostIs) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s = %d is not between %d and %d, %s".formatted(argument, value, least, most, mostIs));
        }
    }

    /** A copy that lives as long as it is reachable. */
    private static MemorySegment offHeap(MemorySegment segment) {
        return Arena.ofAuto()
                .allocate(segment.byteSize(), ValueLayout.JAVA_DOUBLE.byteAlignment())
                .copyFrom(segment);
    }
}
