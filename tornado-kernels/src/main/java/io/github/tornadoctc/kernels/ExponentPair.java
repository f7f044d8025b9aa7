package io.github.tornadoctc.kernels;

/** The exponents of a blank and of the label beside it as one long, which a GPU moves at once. */
final class ExponentPair {
    private static final int LABEL_PLACE = 32;
    private static final long LOWER_HALF = 0xffffffffL;

    private ExponentPair() {}

    /** Of two exponents, each of which may be any int. */
    static long of(int blank, int label) {
        return ((long) label << LABEL_PLACE) | (blank & LOWER_HALF);
    }

    /** The blank's exponent. */
    static int blank(long pair) {
        return (int) pair;
    }

    /** The label's exponent. */
    static int label(long pair) {
        return (int) (pair >> LABEL_PLACE);
    }
}
