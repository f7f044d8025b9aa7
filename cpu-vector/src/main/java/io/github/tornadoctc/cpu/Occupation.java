package io.github.tornadoctc.cpu;

/** γ of one utterance, {@code [T_b][S]}, where that is wanted instead of a gradient. */
final class Occupation {
    private static final float[] NONE = {};

    private float[] gamma = NONE;
    private boolean wanted;

    /** Wants γ in there, where all is 0. */
    void want(float[] all) {
        gamma = all;
        wanted = true;
    }

    /** Wants it no more. */
    void release() {
        gamma = NONE;
        wanted = false;
    }

    boolean isWanted() {
        return wanted;
    }

    /** Writes a frame's row from pairs first to last; in all others is nothing. */
    void write(Target target, Posteriors posteriors, int t, int first, int last, double scale) {
        double[] blank = posteriors.blank;
        double[] label = posteriors.label;
        float[] row = gamma;
        int at = t * (2 * target.labels + 1) + 2 * first;
        int labels = Math.min(last + 1, target.labels);
        for (int i = first; i < labels; i++) {
            row[at++] = (float) (blank[i] * scale);
            row[at++] = (float) (label[i] * scale);
        }
        if (last == target.labels) {
            row[at] = (float) (blank[last] * scale);
        }
    }
}
