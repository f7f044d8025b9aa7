package io.github.tornadoctc.cpu;

/**
 * The order in which the lanes of a vector are added up. Scalar kernels follow it too, so that a sum is the same bits
 * whichever kernels have computed it: a backend may change from one kind to the other between two frames.
 */
final class Lanes {
    /** Doubles in a vector of this machine; where there are none, as many as a vector of 512 bits holds. */
    static final int DOUBLES = KernelChoice.missing().isEmpty() ? Species.DOUBLES.length() : Target.ALIGNMENT;

    /** Floats in a vector. */
    static final int FLOATS = 2 * DOUBLES;

    /** Doubles that are looked up in registers: four vectors, where there is an instruction that permutes two of them. */
    static final int LOOK_UP = DOUBLES == Target.ALIGNMENT ? 4 * DOUBLES : 0;

    private Lanes() {}

    /**
     * The sum of the lanes of a vector, in a fixed order: the Vector API's own promises none, and would not give the
     * same bits interpreted and compiled.
     *
     * @param lanes {@value Target#ALIGNMENT} doubles, 0 in the lanes that a narrower vector has not
     */
    static double sum(double[] lanes) {
        return sum(lanes, 0);
    }

    /** The same of the lanes from {@code at} on. */
    static double sum(double[] lanes, int at) {
        double low = (lanes[at] + lanes[at + 1]) + (lanes[at + 2] + lanes[at + 3]);
        return low + ((lanes[at + 4] + lanes[at + 5]) + (lanes[at + 6] + lanes[at + 7]));
    }
}
