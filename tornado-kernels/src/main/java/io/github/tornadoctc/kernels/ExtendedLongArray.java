package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/** An array of {@link ExtendedLong}s, as two that kernels can take. */
record ExtendedLongArray(LongArray mantissas, IntArray exponents) implements ExtendedArray {

    /** Room for {@code length} of them. */
    ExtendedLongArray(int length) {
        this(new LongArray(length), new IntArray(length));
    }
}
