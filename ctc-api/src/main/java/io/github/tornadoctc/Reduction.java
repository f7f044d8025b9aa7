package io.github.tornadoctc;

/** How the losses of a batch become one number, as in PyTorch's {@code ctc_loss}. */
public enum Reduction {
    /** One loss per utterance; the gradient is that of each utterance's own loss. */
    NONE,
    /** The sum over the batch. */
    SUM,
    /** The mean over the batch of each loss divided by {@code max(U_b, 1)}. */
    MEAN;

    /** The derivative of the reduced loss with respect to the loss of utterance b. */
    public double weight(CtcBatch batch, int b) {
        return this == MEAN ? 1.0 / ((double) batch.batchSize() * Math.max(batch.targetLength(b), 1)) : 1.0;
    }
}
