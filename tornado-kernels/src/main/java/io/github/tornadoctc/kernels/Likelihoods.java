package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What {@link MeetingKernel} makes of a batch, on the host.
 *
 * @param mantissa {@code [B]}
 * @param exponent {@code [B]}, of 2
 */
record Likelihoods(FloatArray mantissa, IntArray exponent) {
    /** Room for that many utterances. */
    Likelihoods(int utterances) {
        this(new FloatArray(utterances), new IntArray(utterances));
    }

    /** Writes losses and statuses. */
    void read(BatchPart part, CtcOptions options, CtcResult result) {
        CtcBatch batch = part.batch();
        for (int b = 0; b < part.size(); b++) {
            int utterance = part.first() + b;
            if (batch.inputLength(utterance) == 0) {
                boolean empty = batch.targetLength(utterance) == 0;
                result.set(utterance, empty ? CtcStatus.OK : CtcStatus.INFEASIBLE, 0, options);
            } else {
                result.set(utterance, status(b), loss(b), options);
            }
        }
    }

    private CtcStatus status(int b) {
        return switch (exponent.get(b)) {
            case MeetingKernel.NON_FINITE -> CtcStatus.NON_FINITE;
            case MeetingKernel.INFEASIBLE -> CtcStatus.INFEASIBLE;
            default -> CtcStatus.OK;
        };
    }

    /** −ln of mantissa · 2^exponent, the one logarithm of the whole computation; in double, since it is large. */
    private double loss(int b) {
        return -(Math.log(mantissa.get(b)) + exponent.get(b) * Math.log(2));
    }
}
