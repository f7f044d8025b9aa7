package io.github.tornadoctc.kernels;

/**
 * Where the sizes of a batch stand at the head of its {@link BatchDescription}. They travel as data, since a scalar
 * argument becomes a constant of the compiled kernel and a new batch would mean a new compilation.
 */
final class Header {
    /** T. */
    static final int TIME_STEPS = 0;
    /** B. */
    static final int BATCH = 1;
    /** V. */
    static final int SYMBOLS = 2;
    /** The index of the blank. */
    static final int BLANK = 3;
    /** Floats from one frame of an utterance to its next. */
    static final int FRAME_STRIDE = 4;
    /** Floats from one utterance to the next at the same frame. */
    static final int UTTERANCE_STRIDE = 5;
    /** 1 if the scores are logits, 0 if they are log-probabilities. */
    static final int LOGITS = 6;
    /** Umax + 1: pairs of a blank and the label after it, of which the last has no label. */
    static final int PAIRS = 7;
    /** The logarithm of the work-items that share a row in {@link RowKernel}, to the base 2. */
    static final int LOG2_LANES_PER_ROW = 8;
    /** For a mean over the batch the utterances of the whole batch, of which this may be a part; else 0. */
    static final int MEAN_OVER = 9;
    /** The most emissions that {@link RowKernel} makes of a row, and how far those of two rows are apart. */
    static final int COLUMNS = 10;
    /** 1 if they are those of the target's labels in turn and then of the blank, 0 if they are those of all symbols. */
    static final int COLUMNS_BY_LABEL = 11;

    /** Where {@code [B]} frame counts begin. */
    static final int INPUT_LENGTHS = 12;
    /** Where {@code [B]} label counts begin. */
    static final int TARGET_LENGTHS = 13;
    /** Where {@code [B][Umax]} labels begin. */
    static final int LABELS = 14;
    /** Where {@code [B][Umax]} begin: the distinct labels of a target, in ascending order. */
    static final int DISTINCT_LABELS = 15;
    /**
     * Where {@code [B][Umax]} positions begin: where each distinct label is first, in their order, and then all others,
     * ordered by label, equal labels by position. Most labels of a large vocabulary are in a target once.
     */
    static final int OCCURRENCES = 16;
    /** Where {@code [B][Umax + 1]} begin: where the others of each distinct label begin among them, and the end. */
    static final int OCCURRENCE_STARTS = 17;
    /** Where {@code [B]} counts of distinct labels begin. */
    static final int DISTINCT_COUNTS = 18;

    /** Where {@code [B]} lowest exponents of an emission begin, see {@link Emission#lowestExponent}. */
    static final int LOWEST_EXPONENTS = 19;

    /** 0, which a compiler does not know. */
    static final int ZERO = 20;

    /** The logarithm of the work-items that share a row in {@link GradientKernel}, to the base 2. */
    static final int LOG2_LANES_PER_GRADIENT_ROW = 21;

    static final int LENGTH = 22;

    private Header() {}
}
