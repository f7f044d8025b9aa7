package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/** What {@link RowKernel} computes of scores, four at a time, and of their exponentials. */
final class RowTerms {
    /** Brings any finite float to at most 4 in absolute value, where its exponential is harmless. */
    private static final float SMALLEST_NORMAL = Float.MIN_NORMAL;

    /** Larger than what finite floats add up to that have been brought down so, of all that a work-item has. */
    private static final int CHECKED = 1 << 20;

    private RowTerms() {}

    /** The largest of four scores; NaN may be lost in it. */
    static float largestOf(float x0, float x1, float x2, float x3) {
        return TornadoMath.max(TornadoMath.max(x0, x1), TornadoMath.max(x2, x3));
    }

    /** A finite number, unless one of them is not. */
    static float checked(float x0, float x1, float x2, float x3) {
        float check = x0 * SMALLEST_NORMAL;
        check = x1 * SMALLEST_NORMAL + check;
        check = x2 * SMALLEST_NORMAL + check;
        return x3 * SMALLEST_NORMAL + check;
    }

    /** Whether one of those that {@link #checked} has been added up of may not be finite. */
    static boolean mayBeInfinite(float check) {
        int whole = (int) (check + 2f * CHECKED);
        return whole < CHECKED || whole > 3 * CHECKED;
    }

    /** Whether a score is neither NaN nor +∞; −∞ masks a symbol. Only their exponentials tell them apart. */
    static boolean isFinite(float score) {
        int whole = (int) (TornadoMath.exp(score * SMALLEST_NORMAL) + 1f);
        return whole >= 1 && whole <= 64;
    }

    /** How many of four scores are not the largest. */
    static float othersOf(float x0, float x1, float x2, float x3, float largest) {
        return (isOther(x0, largest) + isOther(x1, largest)) + (isOther(x2, largest) + isOther(x3, largest));
    }

    /** The sum of the exponentials of those that are not, relative to the largest; {@code one} as in {@link #sumOf}. */
    static float termsOf(float x0, float x1, float x2, float x3, float largest, float one, int deviceExponential) {
        float first = exponential(x0 - largest, deviceExponential) * isOther(x0, largest);
        first = exponential(x1 - largest, deviceExponential) * isOther(x1, largest) + first;
        float second = exponential(x2 - largest, deviceExponential) * isOther(x2, largest);
        second = exponential(x3 - largest, deviceExponential) * isOther(x3, largest) + second;
        return second * one + first;
    }

    /** Their sum, by products with a {@code one} that a compiler does not know. */
    static float sumOf(float a, float b, float c, float d, float one) {
        float first = b * one + a;
        float second = d * one + c;
        return second * one + first;
    }

    private static float isOther(float score, float largest) {
        return score == largest ? 0f : 1f;
    }

    /** Of what is kept of a symbol: its exponential if that is the device's, else its score. */
    static float softmax(float kept, float largest, float scale, int deviceExponential) {
        return deviceExponential == 1 ? kept * scale : Softmax.of(kept, largest, scale);
    }

    /** eˣ of an x that is not positive, or {@link Exponential#ONE} times that where it is not the device's. */
    static float exponential(float x, int deviceExponential) {
        return deviceExponential == 1 ? TornadoMath.exp(x) : Exponential.scaled(x);
    }
}
