package io.github.tornadoctc.cpu;

/**
 * One frame of {@link ExtendedRecursion}, over pairs first to last of those that are reached and can still reach the
 * end. Implementations give the same bits.
 */
interface ExtendedKernels {

    /** Makes emissions of the scores of a row, the first {@code slots} of them, a multiple of {@value Target#ALIGNMENT}. */
    void emissions(ExtendedRow row, int slots);

    /** Advances α over the frame in the lattice's row. */
    void forward(ExtendedLattice lattice, Target target, int first, int last);

    /** The same of the frame whose emissions are {@code frame} of the lattice's table, and keeps α there. */
    void forwardKept(ExtendedLattice lattice, Target target, int first, int last, int frame);

    /** Takes β back over the frame in the lattice's row. */
    void backward(ExtendedLattice lattice, Target target, int first, int last);

    /**
     * Takes β back over a frame of the lattice's table, and leaves its posteriors, up to a common factor, in the lattice.
     *
     * @param exponent {@link ExtendedLattice#posteriorExponent}
     * @return the sum of the posteriors
     */
    double backwardWithPosteriors(
            ExtendedLattice lattice, Target target, int first, int last, int frame, double exponent);

    /** Moves powers of two from mantissas to exponents, multiples of {@link ExtendedRow#STEP}; no number changes. */
    void normalise(ExtendedState state, int first, int last);
}
