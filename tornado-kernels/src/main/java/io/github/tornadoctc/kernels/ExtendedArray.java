package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Numbers with an exponent of 2 of their own, as two arrays, since kernels take no others. */
interface ExtendedArray {
    /** An array of their mantissas, of whatever type. */
    Object mantissas();

    /** An array of their exponents. */
    IntArray exponents();
}
