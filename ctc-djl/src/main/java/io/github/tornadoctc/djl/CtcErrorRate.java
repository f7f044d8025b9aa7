package io.github.tornadoctc.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.evaluator.Evaluator;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.decoding.BestPath;
import io.github.tornadoctc.decoding.GreedyDecoder;
import io.github.tornadoctc.decoding.errors.ErrorCounts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much of what was said a network gets wrong, as an evaluator of DJL: the substitutions, insertions and deletions from
 * the targets to what the best path says, over the number of labels. Where symbols are characters it is the character error
 * rate. A network that says nothing has a rate of 1, one that says too much can have more.
 *
 * <p>Predictions and labels are those of {@link CtcLoss}. What DJL accumulates weighs every utterance by its length.
 */
public final class CtcErrorRate extends Evaluator {
    private static final ErrorCounts NONE = new ErrorCounts(0, 0, 0, 0);

    private final ScoreFormat format;
    private final Map<String, ErrorCounts> totals = new ConcurrentHashMap<>();

    /** That of scores in the usual format, under the name {@code CtcErrorRate}. */
    public CtcErrorRate() {
        this("CtcErrorRate", ScoreFormat.defaults());
    }

    /** That of scores in that format, under a name for DJL's listeners. */
    public CtcErrorRate(String name, ScoreFormat format) {
        super(name);
        this.format = format;
    }

    /**
     * The rate of a batch, a scalar of float32.
     *
     * @throws IllegalArgumentException if labels or predictions do not suit
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        return predictions.get(0).getManager().create((float)
                errors(labels, predictions).rate());
    }

    private ErrorCounts errors(NDList labels, NDList predictions) {
        try (Predictions scores = new Predictions(predictions, format)) {
            CtcBatch batch = scores.batch(Labels.of(labels, scores.batchSize()));
            List<BestPath> paths = GreedyDecoder.decode(batch, format.scores());
            ErrorCounts errors = NONE;
            for (int b = 0; b < paths.size(); b++) {
                errors = errors.plus(
                        ErrorCounts.ofLabels(batch.target(b), paths.get(b).labels()));
            }
            return errors;
        }
    }

    @Override
    public void addAccumulator(String key) {
        totals.put(key, NONE);
    }

    @Override
    public void updateAccumulator(String key, NDList labels, NDList predictions) {
        updateAccumulators(new String[] {key}, labels, predictions);
    }

    @Override
    public void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
        ErrorCounts errors = errors(labels, predictions);
        for (String key : keys) {
            totals.merge(key, errors, ErrorCounts::plus);
        }
    }

    @Override
    public void resetAccumulator(String key) {
        totals.put(key, NONE);
    }

    /** The rate of all batches since the accumulator was added or reset; NaN, as DJL has it, if nothing was said or read. */
    @Override
    public float getAccumulator(String key) {
        ErrorCounts total = totals.get(key);
        if (total == null) {
            throw new IllegalArgumentException("key = %s is of no accumulator".formatted(key));
        }
        return total.equals(NONE) ? Float.NaN : (float) total.rate();
    }
}
