package io.github.tornadoctc.kernels;

import io.github.tornadoctc.ScoreType;

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

    /**
     * The format of a type of scores.
     *
     * @throws IllegalArgumentException if it has not 16 bits
     */
    static NarrowFloat of(ScoreType type) {
        return switch (type) {
            case FLOAT16 -> FLOAT16;
            case BFLOAT16 -> BFLOAT16;
            case FLOAT32 -> throw new IllegalArgumentException("type = %s has not 16 bits".formatted(type));
        };
    }

    /** The bits below the exponent, which say all about the format. */
    int mantissaBits() {
        return mantissaBits;
    }
}
