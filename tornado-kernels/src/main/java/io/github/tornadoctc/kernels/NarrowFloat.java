package io.github.tornadoctc.kernels;

/** The floats of 16 bits that scores and gradients may have on a device. */
public enum NarrowFloat {
    /** IEEE 754 binary16: 5 bits of exponent, 10 of mantissa. */
    FLOAT16(10),
    /** The upper half of a float32: 8 bits of exponent, 7 of mantissa. */
    BFLOAT16(7);

    private final int mantissaBits;

    NarrowFloat(int mantissaBits) {
        this.mantissaBits = mantissaBits;
    }

    /** The bits below the exponent, which say all about the format. */
    int mantissaBits() {
        return mantissaBits;
    }
}
