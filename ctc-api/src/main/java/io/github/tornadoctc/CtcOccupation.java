package io.github.tornadoctc;

/**
 * γ of one utterance: T_b rows of S = 2U+1 probabilities that add up to 1. State 2u+1 is label u, state 2u the blank
 * before it. Without a path ({@link #status}) there are none.
 */
public final class CtcOccupation {
    private final CtcStatus status;
    private final int states;
    private final float[] gamma;

    private CtcOccupation(CtcStatus status, int states, float[] gamma) {
        this.status = status;
        this.states = states;
        this.gamma = gamma;
    }

    /** For backends: an utterance that has no path. */
    public static CtcOccupation without(CtcStatus status) {
        return new CtcOccupation(status, 0, new float[0]);
    }

    /**
     * For backends: checks that a batch has its scores in host memory.
     *
     * @throws IllegalArgumentException if it has not
     */
    public static void check(CtcBatch batch) {
        if (!batch.hasScores()) {
            throw new IllegalArgumentException(
                    "batch has its scores on a device, so no backend can give its posteriors");
        }
    }

    /**
     * For backends: room for an utterance that has one.
     *
     * @return γ, {@code [T_b][2U_b+1]}, to be filled and given to {@link #of}
     * @throws IllegalArgumentException if that is more than an array holds
     */
    public static float[] allocate(CtcBatch batch, int b) {
        long cells = batch.inputLength(b) * (2L * batch.targetLength(b) + 1);
        if (cells > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "utterance %d: %d frames of %d states are %d posteriors, more than an array holds"
                            .formatted(b, batch.inputLength(b), 2L * batch.targetLength(b) + 1, cells));
        }
        return new float[(int) cells];
    }

    /** For backends: the occupation of utterance b, whose γ is {@code [T_b][2U_b+1]} and not to be changed any more. */
    public static CtcOccupation of(CtcBatch batch, int b, float[] gamma) {
        return new CtcOccupation(CtcStatus.OK, 2 * batch.targetLength(b) + 1, gamma);
    }

    /** What became of the utterance, as of its loss. */
    public CtcStatus status() {
        return status;
    }

    /** S = 2U+1, or 0 without a path. */
    public int states() {
        return states;
    }

    /** T_b, or 0 without a path. */
    public int frames() {
        return states == 0 ? 0 : gamma.length / states;
    }

    /** γ(t, s). */
    public float gamma(int t, int s) {
        return gamma[t * states + s];
    }

    /** Copies row t, S values, to {@code destination}, the first one to index {@code at}. */
    public void copyFrame(int t, float[] destination, int at) {
        System.arraycopy(gamma, t * states, destination, at, states);
    }

    /** How many frames label u is expected to take: Σ over t of γ(t, 2u+1). */
    public double expectedFrames(int u) {
        double sum = 0;
        for (int t = 0; t < frames(); t++) {
            sum += gamma(t, 2 * u + 1);
        }
        return sum;
    }

    /**
     * When label u is expected, in frames: the mean of t + ½, the middle of frame t, weighted by γ(t, 2u+1). A span of
     * one frame t has its middle there too.
     */
    public double expectedTime(int u) {
        double sum = 0;
        for (int t = 0; t < frames(); t++) {
            sum += (t + 0.5) * gamma(t, 2 * u + 1);
        }
        return sum / expectedFrames(u);
    }
}
