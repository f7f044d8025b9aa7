package io.github.tornadoctc.cpu;

/** The passes over rows of V symbols. Rows do not share anything, so any split of them gives the same bits. */
interface RowKernels {

    /** Fills emissions, largest, least and sum of rows [from, to), for a vocabulary with a slot for every symbol. */
    void denseRows(Frames frames, Target target, int from, int to);

    /**
     * The same for a vocabulary of which only the target's symbols have slots. If the gradient is wanted, its row gets
     * the softmax (0 for log-probabilities) times the weight, which is final but for the target's symbols.
     */
    void sparseRows(Frames frames, Target target, int from, int to);

    /**
     * Writes row t of the gradient, {@code weight · (softmax − posterior · scale)}. For a sparse target it writes only
     * the target's symbols, since {@link #sparseRows} has written the others.
     *
     * @param posterior by slot from {@code at} on, up to a factor common to the row
     */
    void gradientRow(Frames frames, Target target, int t, double[] posterior, int at, double scale);

    /** Makes rows [from, to) of the gradient 0. */
    void clearRows(Frames frames, int from, int to);
}
