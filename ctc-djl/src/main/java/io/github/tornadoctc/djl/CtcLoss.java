package io.github.tornadoctc.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.loss.Loss;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Reduction;

/**
 * The CTC loss (Graves et al., ICML 2006) as a loss of Deep Java Library: {@code new DefaultTrainingConfig(new CtcLoss())}.
 *
 * <p>Predictions are a network's scores {@code [B, T, V]} or {@code [T, B, V]} ({@link ScoreFormat}), of any floating-point
 * type, and if need be inputLengths {@code [B]}, the number of each utterance's frames. Labels are targets {@code [B, U]},
 * padded with anything, targetLengths {@code [B]}, and inputLengths {@code [B]} if the network does not give them; all T
 * frames count if neither does. Labels and lengths are of any integer or floating-point type, but whole numbers. Lengths and
 * labels that are out of range are an {@link IllegalArgumentException} that names the index and the value.
 *
 * <p>The loss is that of a {@link CtcBackend}, and so are the conventions: {@linkplain CtcOptions infeasible} utterances
 * have loss +∞, or 0 with {@code zeroInfinity}, those with NaN among their scores have NaN, and neither have a gradient. It
 * is a scalar, or with {@link Reduction#NONE} an array {@code [B]}, of type float64 for float64 scores and float32 else. The
 * engine's autograd gets the backend's gradient, of float32, bit for bit ({@link Surrogate}).
 *
 * <p>Several threads may evaluate one loss at once, as a trainer with several devices does. It opens
 * {@link CtcBackends#best()} unless it is given a backend, and {@link #close} closes that; a backend that was given stays
 * the caller's. It works with DJL's PyTorch engine, which is the one that can train.
 */
public final class CtcLoss extends Loss implements AutoCloseable {
    private final ScoreFormat format;
    private final CtcOptions options;
    private final CtcBackend backend;
    private final boolean ownsBackend;

    /** The mean loss of logits {@code [B, T, V]} whose blank is symbol 0, by the best backend there is. */
    public CtcLoss() {
        this(builder());
    }

    CtcLoss(CtcLossBuilder from) {
        super(from.name);
        this.format = from.format;
        this.options = CtcOptions.defaults()
                .withScores(format.scores())
                .withReduction(from.reduction)
                .withZeroInfinity(from.zeroInfinity);
        CtcBackend given = from.backend;
        this.ownsBackend = given == null;
        this.backend = given == null ? CtcBackends.best() : given;
    }

    /** Starts a loss that is not as the constructor's. */
    public static CtcLossBuilder builder() {
        return new CtcLossBuilder();
    }

    /**
     * The loss, and the way back from it to the scores.
     *
     * @param labels targets, targetLengths, and inputLengths if there are
     * @param predictions the scores, and inputLengths if there are
     * @throws IllegalArgumentException if these are anything else
     * @throws UnsupportedOperationException if they are of an engine other than PyTorch
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        try (Predictions scores = new Predictions(predictions, format)) {
            CtcBatch batch = scores.batch(Labels.of(labels, scores.batchSize()));
            NDArray array = predictions.get(0);
            if (predictions instanceof Unlearned) {
                return value(array, backend.compute(batch, options.withGradient(false)));
            }
            try (Surrogate surrogate = new Surrogate(array, format.layout(), options.reduction())) {
                CtcResult result = CtcResult.withGradientIn(surrogate.gradient(), batch);
                backend.compute(batch, options, result);
                try (NDArray value = value(array, result)) {
                    return surrogate.withValue(value);
                }
            }
        }
    }

    /** The loss as a constant. */
    private NDArray value(NDArray scores, CtcResult result) {
        NDManager manager = scores.getManager();
        boolean asDouble = scores.getDataType() == DataType.FLOAT64;
        if (options.reduction() != Reduction.NONE) {
            return asDouble ? manager.create(result.reduced()) : manager.create((float) result.reduced());
        }
        if (asDouble) {
            return manager.create(result.losses());
        }
        float[] losses = new float[result.batchSize()];
        for (int b = 0; b < losses.length; b++) {
            losses[b] = (float) result.loss(b);
        }
        return manager.create(losses);
    }

    /** The losses alone: what DJL calls after each step, to keep a mean, needs no gradient. */
    @Override
    public void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
        super.updateAccumulators(keys, labels, new Unlearned(predictions));
    }

    /** Predictions whose loss is wanted without a gradient. An array does not tell if it is part of autograd's graph. */
    private static final class Unlearned extends NDList {
        private static final long serialVersionUID = 1;

        Unlearned(NDList predictions) {
            super(predictions);
        }
    }

    /** Closes the backend if it is this loss's own; the loss is not to be evaluated any more. */
    @Override
    public void close() {
        if (ownsBackend) {
            backend.close();
        }
    }
}
