package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** An array of numbers with a mantissa and an exponent, both of them ints, as two that kernels can take: of emissions. */
record ExtendedIntArray(IntArray mantissas, IntArray exponents) implements ExtendedArray {

    /** Room for {@code length} of them. */
    ExtendedIntArray(int length) {
        this(new IntArray(length), new IntArray(length));
    }
}
