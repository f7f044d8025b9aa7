package io.github.tornadoctc.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Vector shapes: the machine's own, but no more than the {@value Target#ALIGNMENT} doubles that arrays are padded to. */
final class Species {
    static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED.length() > Target.ALIGNMENT
            ? DoubleVector.SPECIES_512
            : DoubleVector.SPECIES_PREFERRED;

    /** As wide in bits. */
    static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, DOUBLES.vectorShape());

    /** As many lanes: half as wide. */
    static final VectorSpecies<Float> HALF_FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

    private Species() {}

    /**
     * The sum of the lanes in a fixed order: {@code reduceLanes} promises none, and would not give the same bits
     * interpreted and compiled.
     *
     * @param lanes room for {@value Target#ALIGNMENT} doubles
     */
    static double sum(DoubleVector vector, double[] lanes) {
        vector.intoArray(lanes, 0);
        return sum(lanes);
    }

    /** The sum of {@value Target#ALIGNMENT} lanes. */
    static double sum(double[] lanes) {
        double low = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
        return low + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
    }
}
