package io.github.tornadoctc.io;

import io.github.tornadoctc.CtcBatch;
import java.util.Optional;

/** Whether log-probabilities are what they are said to be: each frame's probabilities sum to 1. */
final class RowSums {
    /** A sum that is off by less than this factor, in nats, may have come of rounding to bfloat16. */
    private static final double ROUNDING = 0.1;
    /** Frames to look at, spread over the batch: what is wrong with a batch is wrong with all of them. */
    private static final int FRAMES = 256;

    private RowSums() {}

    /** What to say of a batch whose rows do not sum to 1, which label priors and masks can make them do. */
    static Optional<String> warning(CtcBatch batch) {
        long frames = (long) batch.batchSize() * batch.timeSteps();
        long step = Math.max(1, Math.ceilDiv(frames, FRAMES));
        int seen = 0;
        int wrong = 0;
        String first = "";
        for (long frame = 0; frame < frames; frame += step) {
            int b = (int) (frame / batch.timeSteps());
            int t = (int) (frame % batch.timeSteps());
            if (t >= batch.inputLength(b)) {
                continue;
            }
            double sum = sum(batch, t, b);
            seen++;
            if (Math.abs(Math.log(sum)) > ROUNDING) {
                wrong++;
                first = first.isEmpty() ? "at t=%d of utterance %d to %.3g".formatted(t, b, sum) : first;
            }
        }
        return wrong == 0
                ? Optional.empty()
                : Optional.of(("probabilities of %d of %d frames looked at do not sum to 1, %s; they are taken as they"
                                + " are, and raw logits would be normalised (--scores logits)")
                        .formatted(wrong, seen, first));
    }

    private static double sum(CtcBatch batch, int t, int b) {
        double sum = 0;
        for (int v = 0; v < batch.symbols(); v++) {
            sum += Math.exp(batch.score(t, b, v));
        }
        return sum;
    }
}
