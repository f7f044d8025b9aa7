package io.github.tornadoctc.explain;

import java.awt.image.BufferedImage;

/** The posteriors as pixels, one per frame and state, in one colour: nothing is transparent, certainty is opaque. */
final class HeatMap {
    /** A blue that is seen on white and on black. */
    static final int COLOUR = 0x2a78d6;

    /** No screen shows more columns. */
    private static final int MAX_COLUMNS = 4000;

    private HeatMap() {}

    /** How many columns it takes: one per frame, unless those are too many. */
    static int columns(Occupation occupation) {
        return Math.min(occupation.frames(), MAX_COLUMNS);
    }

    /** Each pixel is the most probable of its frames. */
    static BufferedImage image(Occupation occupation) {
        int columns = columns(occupation);
        BufferedImage image = new BufferedImage(columns, occupation.states(), BufferedImage.TYPE_INT_ARGB);
        double[] largest = new double[occupation.states()];
        int column = 0;
        for (int t = 0; t < occupation.frames(); t++) {
            for (int s = 0; s < largest.length; s++) {
                largest[s] = Math.max(largest[s], occupation.posterior(t, s));
            }
            if ((long) (t + 1) * columns / occupation.frames() > column) {
                for (int s = 0; s < largest.length; s++) {
                    int alpha = (int) Math.round(255 * Math.min(largest[s], 1));
                    image.setRGB(column, s, alpha << 24 | COLOUR);
                    largest[s] = 0;
                }
                column++;
            }
        }
        return image;
    }

    /** A distance between ticks that is 1, 2 or 5 times a power of ten, and makes at most so many of them. */
    static int tickDistance(int length, int most) {
        for (int power = 1; ; power *= 10) {
            for (int factor : new int[] {1, 2, 5}) {
                if (length / (factor * power) < most) {
                    return factor * power;
                }
            }
        }
    }
}
