package io.github.tornadoctc.compare;

/** How the errors of a gradient are distributed, over their size and over the frames. */
public final class GradientErrors {
    private final ErrorHistogram histogram = new ErrorHistogram();
    private final double[] byFrame;

    GradientErrors(int timeSteps) {
        this.byFrame = new double[timeSteps];
    }

    void add(int t, double error) {
        histogram.add(error);
        byFrame[t] = Math.max(byFrame[t], error);
    }

    /** Adds those of an utterance; utterances are compared side by side. */
    synchronized void add(GradientErrors utterance) {
        histogram.add(utterance.histogram);
        for (int t = 0; t < byFrame.length; t++) {
            byFrame[t] = Math.max(byFrame[t], utterance.byFrame[t]);
        }
    }

    /** The errors by size. */
    public ErrorHistogram histogram() {
        return histogram;
    }

    /** The largest error at each frame, of all utterances and symbols. */
    public double[] byFrame() {
        return byFrame.clone();
    }
}
