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
     * {@link Lanes#sum} of a vector.
     *
     * @param lanes room for {@value Target#ALIGNMENT} doubles, those beyond the vector 0
     */
    static double sum(DoubleVector vector, double[] lanes) {
        vector.intoArray(lanes, 0);
        return Lanes.sum(lanes);
    }
}
