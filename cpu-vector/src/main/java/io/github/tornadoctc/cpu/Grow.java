package io.github.tornadoctc.cpu;

/** Arrays that only ever grow, so that a steady stream of batches allocates nothing. Contents are not kept. */
final class Grow {

    private Grow() {}

    static double[] atLeast(double[] array, long length) {
        return array.length >= length ? array : new double[length(length)];
    }

    static float[] atLeast(float[] array, long length) {
        return array.length >= length ? array : new float[length(length)];
    }

    static long[] atLeast(long[] array, long length) {
        return array.length >= length ? array : new long[length(length)];
    }

    static int[] atLeast(int[] array, long length) {
        return array.length >= length ? array : new int[length(length)];
    }

    private static int length(long length) {
        return Math.toIntExact(length);
    }

    /** The least multiple of {@code step}, a power of two, that is not less than {@code n}. */
    static int roundUp(int n, int step) {
        return Math.addExact(n, step - 1) & -step;
    }
}
