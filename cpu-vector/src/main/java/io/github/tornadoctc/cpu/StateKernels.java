package io.github.tornadoctc.cpu;

/** The passes over the states of a frame. Each call advances the {@link Lattice} over a whole period of frames. */
interface StateKernels {

    /**
     * Advances α over frames [from, to).
     *
     * @param row the row of the lattice's table to keep frame {@code from} in, or −1 to keep none
     */
    void forward(Lattice lattice, Target target, Frames frames, int from, int to, int row);

    /** Takes β back over frames [from, to), from the last to the first, and writes nothing else. */
    void backward(Lattice lattice, Target target, Frames frames, int from, int to);

    /**
     * The same, and writes the rows of the gradient.
     *
     * @param row the row of the lattice's table that holds α of frame {@code from}
     * @return false if a frame's posteriors do not add up to what they must: probability was lost to underflow
     */
    boolean backwardWithGradient(Lattice lattice, Utterance u, RowKernels rows, int from, int to, int row);

    /** {@link Rescaling#rescale}, with its contract. */
    boolean rescale(LatticeState state, double[] skip, int first, int last, int step);
}
