package io.github.tornadoctc.cpu.align;

import java.util.Arrays;

/**
 * Probabilities of the states of one frame as mantissa · 2^exponent, so that none underflows however unlikely it is. The
 * mantissa is in [1, 2), or 0 beside an exponent that no probability has.
 */
final class StateRow {
    /** The exponent of 0: below that of any probability, and far enough from the least long that differences fit one. */
    static final long EMPTY = Long.MIN_VALUE / 4;

    final double[] mantissa;
    final long[] exponent;

    StateRow(int states) {
        mantissa = new double[states];
        exponent = new long[states];
        clear();
    }

    void clear() {
        Arrays.fill(mantissa, 0);
        Arrays.fill(exponent, EMPTY);
    }

    void load(StateRow other) {
        System.arraycopy(other.mantissa, 0, mantissa, 0, mantissa.length);
        System.arraycopy(other.exponent, 0, exponent, 0, exponent.length);
    }

    void set(int s, double value, long power) {
        if (value == 0) {
            mantissa[s] = 0;
            exponent[s] = EMPTY;
        } else {
            int own = Math.getExponent(value);
            mantissa[s] = value * powerOfTwo(-own);
            exponent[s] = power + own;
        }
    }

    /** 2^n for n ≤ 0, or 0 where that is below the normal range. */
    static double powerOfTwo(long n) {
        return n < Double.MIN_EXPONENT ? 0 : Double.longBitsToDouble((n + 1023) << 52);
    }
}
