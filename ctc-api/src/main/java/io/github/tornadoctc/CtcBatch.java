package io.github.tornadoctc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * A batch of B utterances: scores for T time steps and V symbols each, and a target label sequence each. It is checked
 * when it is built, and does not change, but for the scores: a native segment stays the caller's memory.
 *
 * <p>Scores are of a {@link ScoreType}, element (t, b, v) at {@code rowOffset(t, b) + v}; only the first
 * {@code inputLength(b)} frames of an utterance are ever read. Label u of utterance b is {@code label(b, u)}, never the blank.
 */
public final class CtcBatch {
    private final int timeSteps;
    private final int batchSize;
    private final int symbols;
    private final int blank;
    private final Layout layout;
    private final @Nullable MemorySegment scores;
    private final ScoreType scoreType;
    private final int[] inputLengths;
    private final int[] labels;
    private final int[] labelOffsets;
    private final int maxTargetLength;

    CtcBatch(CtcBatchBuilder from, int[] inputLengths, int[] labels, int[] labelOffsets) {
        this.timeSteps = from.timeSteps;
        this.batchSize = from.batchSize;
        this.symbols = from.symbols;
        this.blank = from.blank;
        this.layout = from.layout;
        this.scores = from.scores;
        this.scoreType = from.scoreType;
        this.inputLengths = inputLengths;
        this.labels = labels;
        this.labelOffsets = labelOffsets;
        int longest = 0;
        for (int b = 0; b < batchSize; b++) {
            longest = Math.max(longest, labelOffsets[b + 1] - labelOffsets[b]);
        }
        this.maxTargetLength = longest;
    }

    /**
     * Starts a batch of the given sizes.
     *
     * @param timeSteps T ≥ 0
     * @param batchSize B ≥ 0
     * @param symbols V ≥ 1, the blank included
     * @throws IllegalArgumentException if a size is out of range
     */
    public static CtcBatchBuilder builder(int timeSteps, int batchSize, int symbols) {
        return new CtcBatchBuilder(timeSteps, batchSize, symbols);
    }

    /**
     * A batch of the same scores and lengths with other targets. Scores are not copied.
     *
     * @throws IllegalArgumentException if there are more targets or fewer, or a label is out of range
     */
    public CtcBatch withTargets(int[]... targets) {
        CtcBatchBuilder builder = likeThis().targets(targets);
        return (scores == null ? builder.scoresOnDevice() : builder.scores(scores, scoreType)).build();
    }

    /**
     * This batch if its scores are float32; else one with the same scores made float32, which are in memory of their own.
     *
     * @throws IllegalStateException if the scores are {@linkplain CtcBatchBuilder#scoresOnDevice on a device}
     */
    public CtcBatch inFloat32() {
        if (scoreType == ScoreType.FLOAT32) {
            return this;
        }
        long count = (long) timeSteps * batchSize * symbols;
        MemorySegment wide = Arena.ofAuto().allocate(count * Float.BYTES, ValueLayout.JAVA_DOUBLE.byteAlignment());
        scoreType.widen(scores(), 0, wide, 0, count);
        return new CtcBatch(likeThis().scores(wide), inputLengths, labels, labelOffsets);
    }

    private CtcBatchBuilder likeThis() {
        return builder(timeSteps, batchSize, symbols)
                .blank(blank)
                .layout(layout)
                .inputLengths(inputLengths);
    }

    /** T. */
    public int timeSteps() {
        return timeSteps;
    }

    /** B. */
    public int batchSize() {
        return batchSize;
    }

    /** V, the blank included. */
    public int symbols() {
        return symbols;
    }

    /** The index of the blank symbol. */
    public int blank() {
        return blank;
    }

    /** The order of the axes of {@link #scores()}, and of the gradient. */
    public Layout layout() {
        return layout;
    }

    /**
     * The T·B·V scores, of {@link #scoreType()} in native byte order, in the order of {@link #layout()}.
     *
     * @throws IllegalStateException if they are {@linkplain CtcBatchBuilder#scoresOnDevice on a device}
     */
    public MemorySegment scores() {
        if (scores == null) {
            throw new IllegalStateException("the scores of this batch are on a device");
        }
        return scores;
    }

    /** Whether the scores are in host memory, and not {@linkplain CtcBatchBuilder#scoresOnDevice on a device}. */
    public boolean hasScores() {
        return scores != null;
    }

    /** What the scores are stored as. */
    public ScoreType scoreType() {
        return scoreType;
    }

    /** The index of the first score of frame t of utterance b, counted in scores. */
    public long rowOffset(int t, int b) {
        long row = layout == Layout.TIME_MAJOR ? (long) t * batchSize + b : (long) b * timeSteps + t;
        return row * symbols;
    }

    /** The number of scores from one frame of an utterance to its next. */
    public long frameStride() {
        return layout == Layout.TIME_MAJOR ? (long) batchSize * symbols : symbols;
    }

    /**
     * The score of symbol v at frame t of utterance b.
     *
     * @throws IllegalStateException if the scores are {@linkplain CtcBatchBuilder#scoresOnDevice on a device}
     */
    public float score(int t, int b, int v) {
        return scoreType.get(scores(), rowOffset(t, b) + v);
    }

    /** T_b, the number of frames of utterance b. */
    public int inputLength(int b) {
        return inputLengths[b];
    }

    /** U_b, the number of labels of utterance b. */
    public int targetLength(int b) {
        return labelOffsets[b + 1] - labelOffsets[b];
    }

    /** The longest target of the batch. */
    public int maxTargetLength() {
        return maxTargetLength;
    }

    /** Label u of utterance b. */
    public int label(int b, int u) {
        return labels[labelOffsets[b] + u];
    }

    /** Copies the labels of utterance b to {@code destination}, the first one to index {@code at}. */
    public void copyTarget(int b, int[] destination, int at) {
        System.arraycopy(labels, labelOffsets[b], destination, at, targetLength(b));
    }

    /** The labels of utterance b, in a new array. */
    public int[] target(int b) {
        int[] target = new int[targetLength(b)];
        copyTarget(b, target, 0);
        return target;
    }

    /** The number of labels of utterance b that equal the label before them, each of which needs a blank between. */
    public int repeats(int b) {
        int repeats = 0;
        for (int i = labelOffsets[b] + 1; i < labelOffsets[b + 1]; i++) {
            if (labels[i] == labels[i - 1]) {
                repeats++;
            }
        }
        return repeats;
    }

    /** The fewest frames in which the target of utterance b has a path: {@code U_b + repeats}. */
    public int framesNeeded(int b) {
        return targetLength(b) + repeats(b);
    }

    /** Whether utterance b has frames enough for its target. */
    public boolean hasEnoughFrames(int b) {
        return inputLength(b) >= framesNeeded(b);
    }

    private String described() {
        if (scores == null) {
            return ", scores on a device";
        }
        return scoreType == ScoreType.FLOAT32 ? "" : ", " + scoreType;
    }

    /** The sizes, the blank, the layout and the type of the scores if it is not float32; no scores and no labels. */
    @Override
    public String toString() {
        return "CtcBatch[T=%d, B=%d, V=%d, longest target %d, blank %d, %s%s]"
                .formatted(timeSteps, batchSize, symbols, maxTargetLength, blank, layout, described());
    }
}
