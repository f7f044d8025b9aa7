package io.github.tornadoctc.cpu;

/** When two numbers that must be equal are equal enough. */
final class Tolerance {
    /**
     * The posteriors of every frame add up to the likelihood (equation 14), whichever frame that is. Roundings of a
     * recursion over T frames in double grow like T · 2^−53; more than this means that probability was lost.
     */
    private static final double LIKELIHOOD = 1e-8;

    private Tolerance() {}

    static boolean isLikelihood(double sum, double likelihood) {
        return Math.abs(sum - likelihood) <= LIKELIHOOD * likelihood;
    }
}
