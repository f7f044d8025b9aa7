package io.github.tornadoctc.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector shapes: the machine's own, but no more than the {@value Target#ALIGNMENT} doubles that arrays are padded to.
 *
 * <p>Methods of this package hand each other numbers and arrays, never vectors. The compiler may decline to inline a
 * method, for one because it has compiled it before, and a vector that is passed or returned is an object then.
 */
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
}
