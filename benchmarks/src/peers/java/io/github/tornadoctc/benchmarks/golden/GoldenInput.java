package io.github.tornadoctc.benchmarks.golden;

import io.github.tornadoctc.Reduction;
import java.util.Arrays;
import java.util.Random;

/**
 * The input of one case, and how libtorch is asked about it. Its scores are seeded with its name, so that a case added
 * or removed leaves the others as they are.
 */
final class GoldenInput {
    private static final double DECIMALS = 1e4;

    final String name;
    final int timeSteps;
    final int batchSize;
    final int symbols;
    /** T·B·V, time-major. Float32, so that every backend sees what libtorch sees. */
    final float[] scores;

    final int[][] targets;
    final int[] inputLengths;
    int blank;
    boolean logProbs;
    Reduction reduction = Reduction.NONE;
    boolean zeroInfinity;
    /** What −∞ is replaced by to get from libtorch the gradient it does not give with −∞; 0: not asked. */
    float insteadOfMinusInfinity;

    private GoldenInput(String name, int timeSteps, int symbols, int[]... targets) {
        this.name = name;
        this.timeSteps = timeSteps;
        this.batchSize = targets.length;
        this.symbols = symbols;
        this.targets = targets;
        this.scores = new float[timeSteps * batchSize * symbols];
        this.inputLengths = new int[batchSize];
        Arrays.fill(inputLengths, timeSteps);
        Random random = new Random(name.hashCode());
        for (int i = 0; i < scores.length; i++) {
            scores[i] = rounded(random.nextGaussian());
        }
    }

    /** Standard normal logits, one utterance for each target; all frames count, and the blank is 0. */
    static GoldenInput gaussian(String name, int timeSteps, int symbols, int[]... targets) {
        return new GoldenInput(name, timeSteps, symbols, targets);
    }

    /** Labels seeded with the name as well; {@code lengths} of them, never the blank 0. */
    static GoldenInput random(String name, int timeSteps, int symbols, int... lengths) {
        Random random = new Random(~name.hashCode());
        int[][] targets = new int[lengths.length][];
        for (int b = 0; b < lengths.length; b++) {
            targets[b] = random.ints(lengths[b], 1, symbols).toArray();
        }
        return new GoldenInput(name, timeSteps, symbols, targets);
    }

    /** To four decimals, which are short to write and still no round numbers in binary. */
    private static float rounded(double score) {
        return (float) (Math.rint(score * DECIMALS) / DECIMALS);
    }

    GoldenInput blank(int index) {
        blank = index;
        return this;
    }

    GoldenInput frames(int... lengths) {
        System.arraycopy(lengths, 0, inputLengths, 0, batchSize);
        return this;
    }

    GoldenInput scaled(double factor) {
        return affine(factor, 0);
    }

    GoldenInput affine(double factor, double offset) {
        for (int i = 0; i < scores.length; i++) {
            scores[i] = rounded(scores[i] * factor + offset);
        }
        return this;
    }

    GoldenInput score(int t, int b, int v, float value) {
        scores[(t * batchSize + b) * symbols + v] = value;
        return this;
    }

    /** Symbol v of utterance b, in every frame. */
    GoldenInput column(int b, int v, float value) {
        for (int t = 0; t < timeSteps; t++) {
            score(t, b, v, value);
        }
        return this;
    }

    /** Adds to one symbol in each frame of utterance 0: a path that stands out. */
    GoldenInput path(float height, int... path) {
        for (int t = 0; t < path.length; t++) {
            scores[t * batchSize * symbols + path[t]] += height;
        }
        return this;
    }

    /** All symbols of frame t of utterance b. */
    GoldenInput frame(int t, int b, float value) {
        Arrays.fill(scores, (t * batchSize + b) * symbols, (t * batchSize + b + 1) * symbols, value);
        return this;
    }

    GoldenInput zeroInfinity() {
        zeroInfinity = true;
        return this;
    }

    GoldenInput reduction(Reduction by) {
        reduction = by;
        return this;
    }

    /** Scores that are taken for log-probabilities as they are. */
    GoldenInput logProbs() {
        logProbs = true;
        return this;
    }

    /** The same, normalised as far as float32 goes. */
    GoldenInput normalisedLogProbs() {
        for (int row = 0; row < scores.length; row += symbols) {
            double sum = 0;
            for (int v = 0; v < symbols; v++) {
                sum += Math.exp(scores[row + v]);
            }
            for (int v = 0; v < symbols; v++) {
                scores[row + v] = (float) (scores[row + v] - Math.log(sum));
            }
        }
        return logProbs();
    }

    GoldenInput alsoWith(float inPlaceOfMinusInfinity) {
        insteadOfMinusInfinity = inPlaceOfMinusInfinity;
        return this;
    }

    double[] scoresAsDoubles() {
        double[] values = new double[scores.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = scores[i];
        }
        return values;
    }
}
