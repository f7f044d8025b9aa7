package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.Scores;
import java.util.Arrays;
import java.util.function.ObjDoubleConsumer;

/**
 * CTC by its definition, equation 3: the probability of a target is the sum over every path of V symbols and T frames
 * that collapses to it. There are V^T paths, so it is for tiny inputs only.
 */
public final class BruteForceCtc {
    /** More paths than this would take minutes. */
    private static final double MAX_PATHS = 1e8;

    private BruteForceCtc() {}

    /**
     * −ln p(target | scores) of utterance b; +∞ if no path collapses to it.
     *
     * @throws IllegalArgumentException if there are too many paths to enumerate
     */
    public static double loss(CtcBatch batch, int b, CtcOptions options) {
        int[] target = batch.target(b);
        double[] sum = new double[1];
        forEachPath(batch, b, options, (path, probability) -> {
            if (Arrays.equals(collapse(path, batch.blank()), target)) {
                sum[0] += probability;
            }
        });
        return -Math.log(sum[0]);
    }

    /**
     * The gradient of {@link #loss} with respect to the scores, {@code [T_b][V]}: softmax (of logits) minus, per
     * symbol, the share of the target's probability that goes through it.
     */
    public static double[][] gradient(CtcBatch batch, int b, CtcOptions options) {
        int[] target = batch.target(b);
        double[][] through = new double[batch.inputLength(b)][batch.symbols()];
        double[][] softmax = new double[batch.inputLength(b)][batch.symbols()];
        double[] total = new double[1];
        forEachPath(batch, b, options, (path, probability) -> {
            boolean collapses = Arrays.equals(collapse(path, batch.blank()), target);
            total[0] += collapses ? probability : 0;
            for (int t = 0; t < path.length; t++) {
                through[t][path[t]] += collapses ? probability : 0;
                softmax[t][path[t]] += probability;
            }
        });
        for (int t = 0; t < through.length; t++) {
            for (int v = 0; v < batch.symbols(); v++) {
                double y = options.scores() == Scores.LOGITS ? softmax[t][v] : 0;
                through[t][v] = y - through[t][v] / total[0];
            }
        }
        return through;
    }

    /** Calls back with every path of utterance b and its probability, equation 2; the path's array is reused. */
    public static void forEachPath(CtcBatch batch, int b, CtcOptions options, ObjDoubleConsumer<int[]> callback) {
        int frames = batch.inputLength(b);
        double paths = Math.pow(batch.symbols(), frames);
        if (paths > MAX_PATHS) {
            throw new IllegalArgumentException(
                    "inputLengths[%d] = %d: %d symbols make %.2g paths, too many to enumerate"
                            .formatted(b, frames, batch.symbols(), paths));
        }
        double[][] logY = LogProbabilities.of(batch, b, options.scores());
        visit(logY, new int[frames], 0, 0.0, callback);
    }

    private static void visit(double[][] logY, int[] path, int t, double logP, ObjDoubleConsumer<int[]> callback) {
        if (t == path.length) {
            callback.accept(path, Math.exp(logP));
            return;
        }
        for (int v = 0; v < logY[t].length; v++) {
            path[t] = v;
            visit(logY, path, t + 1, logP + logY[t][v], callback);
        }
    }

    /** The map 𝓑 of the paper: merge repeated symbols, then drop blanks. */
    public static int[] collapse(int[] path, int blank) {
        int[] labels = new int[path.length];
        int length = 0;
        for (int t = 0; t < path.length; t++) {
            if (path[t] != blank && (t == 0 || path[t] != path[t - 1])) {
                labels[length++] = path[t];
            }
        }
        return Arrays.copyOf(labels, length);
    }
}
