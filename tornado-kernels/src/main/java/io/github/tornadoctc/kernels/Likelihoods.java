package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What {@link LikelihoodKernel} makes of a batch, in one array, since every transfer has its price.
 *
 * @param values {@code [B][2]}: a mantissa in [1, 2), or 0, in units of 1 / {@link #MANTISSA_ONE}, and an exponent of 2
 */
record Likelihoods(IntArray values) {
    /** The mantissa 1. All bits of a float in [1, 2) are in the product of the two. */
    static final int MANTISSA_ONE = 1 << 23;

    /** Room for {@code length} ints, see {@link #length}. */
    Likelihoods(int length) {
        this(new IntArray(length));
    }

    /** The ints that a batch of B utterances takes. */
    static long length(long batchSize) {
        return 2 * batchSize;
    }

    /** The index of the mantissa of utterance b. */
    static int mantissa(int b) {
        return 2 * b;
    }

    /** The index of the exponent of utterance b. */
    static int exponent(int b) {
        return 2 * b + 1;
    }

    /** Writes losses and statuses of a part of a batch. */
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
        return switch (values.get(exponent(b))) {
            case LikelihoodKernel.NON_FINITE -> CtcStatus.NON_FINITE;
            case LikelihoodKernel.INFEASIBLE -> CtcStatus.INFEASIBLE;
            default -> CtcStatus.OK;
        };
    }

    /** −ln of mantissa · 2^exponent, the one logarithm of the whole computation; in double, since it is large. */
    private double loss(int b) {
        double mantissa = (double) values.get(mantissa(b)) / MANTISSA_ONE;
        return -(Math.log(mantissa) + values.get(exponent(b)) * Math.log(2));
    }
}
