package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * Arithmetic of non-negative numbers {@code mantissa · 2^exponent}, a long and an int, on the way to the likelihood. A
 * float's 24 bits are enough for a posterior, but not for a loss near 0: a few roundings by 2⁻²⁴ at each of hundreds of
 * frames are off by 1e-6, when the loss itself is 1e-4. An integer has more bits, its shifts are powers of two without a
 * table, and fast-math leaves it alone.
 *
 * <p>The mantissa of 1 is {@link #ONE}. {@link #product} makes mantissas a quarter of what they should be, because the upper
 * half of a register can be had without a shift. That does no harm, since all states of a frame have had as many products;
 * {@link #renormalise}, which is told how many there have been, makes up for it.
 *
 * <p>{@link ExtendedFloat} says why its numbers need no check anywhere in between. These need none for the same reasons,
 * with other bounds:
 *
 * <ul>
 *   <li><em>A mantissa that is not 0 is at least 2³⁶.</em> It is at least {@link #ONE} when it has been renormalised, no
 *       emission and no sum makes it less, and four products make a 256th of it. What they and the sums drop are at most
 *       four units of the last place in a frame, 2⁻³⁴ of the number.
 *   <li><em>No mantissa overflows.</em> Renormalised it is below 2⁶⁰. A frame makes at most twice the mantissa of it by
 *       an emission, three times that by two sums, and a quarter of these six: in four frames 2^62.4.
 *   <li><em>What is left out of a sum does not count.</em> An addend is shifted by as many places as its exponent is
 *       below the larger, {@value #BITS} at the most, which leaves nothing of a mantissa.
 *   <li>Exponents, and why a 0 hides nothing: as in {@link ExtendedFloat}.
 * </ul>
 */
final class ExtendedLong {
    /** The bits of {@link #ONE}, but for the first. */
    static final int ONE_BITS = 44;

    /** The mantissa of 1. */
    static final long ONE = 1L << ONE_BITS;

    /** Of the product of two renormalised mantissas: where 1 is 2 to the power of this, see {@link #product(long, long)}. */
    static final int PRODUCT_BITS = 28;

    /** More than a mantissa has. */
    private static final int BITS = 63;

    /** Where the first bit of a long that is not negative can be. */
    private static final int FIRST = BITS - 1;

    /** The bits that a product drops, and those it keeps of a mantissa. */
    private static final int HALF = 32;

    private static final long LOWER_HALF = 0xffffffffL;

    private static final int RANGE_BITS = 16;

    /** What is not less is renormalised. */
    private static final long TOO_LARGE = ONE << RANGE_BITS;

    private static final int PART = 30;
    private static final long LOWER_PART = (1L << PART) - 1;

    private ExtendedLong() {}

    /** A quarter of the mantissa of a product with an emission, whose mantissa is an int. */
    static long product(long mantissa, int emission) {
        // masked rather than widened, so that a compiler sees factors of 32 bits without a sign
        long factor = emission & LOWER_HALF;
        return (mantissa >>> HALF) * factor + (((mantissa & LOWER_HALF) * factor) >>> HALF);
    }

    /** The mantissa of the product of two renormalised mantissas, less than 2⁶¹, where 1 is {@link #PRODUCT_BITS}. */
    static long product(long mantissa, long other) {
        long upper = mantissa >>> PART;
        long otherUpper = other >>> PART;
        long crosswise = upper * (other & LOWER_PART) + (mantissa & LOWER_PART) * otherUpper;
        return upper * otherUpper + (crosswise >>> PART);
    }

    /**
     * The mantissa of a sum.
     *
     * @param larger the larger of the two exponents, which is that of the sum
     */
    static long sum(long mantissa, int exponent, long other, int otherExponent, int larger) {
        return (mantissa >>> shift(larger, exponent)) + (other >>> shift(larger, otherExponent));
    }

    private static int shift(int larger, int exponent) {
        return TornadoMath.min(larger - exponent, BITS);
    }

    /** The mantissa brought back to 0 or the range from {@link #ONE} to 2¹⁶ times that, {@code frames} products later. */
    static long renormalise(long mantissa, int frames) {
        int missing = 2 * frames;
        return mantissa >= (TOO_LARGE >> missing) ? mantissa >>> (RANGE_BITS - missing) : mantissa << missing;
    }

    /** The exponent that goes with {@link #renormalise}; of 0 {@link ExtendedFloat#EMPTY} where it has fallen below. */
    static int renormalise(long mantissa, int exponent, int frames) {
        int renormalised = mantissa >= (TOO_LARGE >> (2 * frames)) ? exponent + RANGE_BITS : exponent;
        return TornadoMath.max(renormalised, ExtendedFloat.EMPTY);
    }

    /** The mantissa of the same number as an {@link ExtendedFloat}, of a renormalised one. */
    static float toFloat(long mantissa) {
        return (float) mantissa * (1f / (float) ONE);
    }

    /**
     * A mantissa shifted to where its first bit, which is its {@link #exponentOf}, is at {@code place}; 0 where that is
     * below the last.
     */
    static long aligned(long mantissa, int exponent, int place) {
        return (mantissa << (FIRST - exponent)) >>> TornadoMath.min(FIRST - place, BITS);
    }

    /** The binary exponent of a long that is not negative: the largest k for which 2ᵏ is at most that; of 0 it is 0. */
    static int exponentOf(long value) {
        long rest = value;
        int exponent = 0;
        for (int bits = HALF; bits > 0; bits /= 2) {
            if ((rest >>> bits) > 0) {
                rest = rest >>> bits;
                exponent += bits;
            }
        }
        return exponent;
    }
}
