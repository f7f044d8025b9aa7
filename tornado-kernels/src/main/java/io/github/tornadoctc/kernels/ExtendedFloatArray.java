package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** An array of {@link ExtendedFloat}s, as two that kernels can take. */
record ExtendedFloatArray(FloatArray mantissas, IntArray exponents) implements ExtendedArray {

    /** Room for {@code length} of them. */
    ExtendedFloatArray(int length) {
        this(new FloatArray(length), new IntArray(length));
    }
}
