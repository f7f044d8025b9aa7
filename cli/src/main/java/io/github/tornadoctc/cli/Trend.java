package io.github.tornadoctc.cli;

import io.github.tornadoctc.timing.Quartiles;
import java.util.Arrays;

/**
 * Whether something that is looked at again and again, with the same work between two looks, goes on growing. A process
 * grows by itself too: what the JVM compiles, what its collector and the C library's allocator hold on to. But that
 * settles, in steps of any size and at any time, while a leak grows by the same from the first third of the looks to the
 * second as from there to the last. The median of a third is not moved by one look that is off;
 * a third should have an odd number of them, or a step in its middle is halved between two thirds.
 *
 * @param first from the first third of the looks to the second, in the unit of the looks
 * @param last from the second to the last
 */
record Trend(double first, double last) {
    private static final int PARTS = 3;

    /** The trend of at least three looks. */
    static Trend of(long... looks) {
        if (looks.length < PARTS) {
            throw new IllegalArgumentException("looks has %d values, less than %d".formatted(looks.length, PARTS));
        }
        double[] medians = new double[PARTS];
        for (int part = 0; part < PARTS; part++) {
            medians[part] = Quartiles.of(
                            Arrays.stream(looks, part * looks.length / PARTS, (part + 1) * looks.length / PARTS)
                                    .asDoubleStream()
                                    .toArray())
                    .median();
        }
        return new Trend(medians[1] - medians[0], medians[2] - medians[1]);
    }

    /**
     * Whether it has stopped growing when the looks end.
     *
     * @param tolerance what may be added over all looks
     */
    boolean isSettled(long tolerance) {
        return last <= (double) tolerance / PARTS;
    }

    /** Whether it has grown from the beginning of the looks to their end. */
    boolean goesOn(long tolerance) {
        return !isSettled(tolerance) && first > (double) tolerance / PARTS;
    }
}
