package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * What {@link DepartKernel} makes of a batch at the middle frames, in one array, since every transfer has its price.
 *
 * @param values {@code [B][4]}: of the likelihood relative to the most likely symbols a mantissa of 0, or at least 1, in
 *     units of 1 / {@link #MANTISSA_ONE}, and an exponent of 2; of what it has to be multiplied by the natural logarithm,
 *     and the scale of that, see {@link Normaliser}
 */
record Likelihoods(LongArray values) {
    /** Where the first bit of the largest pair's share is. A sum of 2¹⁸ shares, each below twice that, still is a long. */
    static final int MANTISSA_BITS = 43;

    /** The mantissa 1. */
    static final double MANTISSA_ONE = 1L << MANTISSA_BITS;

    private static final int FIELDS = 4;

    /** Room for {@code length} longs, see {@link #length}. */
    Likelihoods(int length) {
        this(new LongArray(length));
    }

    /** The longs that a batch of B utterances takes. */
    static long length(long batchSize) {
        return FIELDS * batchSize;
    }

    /** The index of the mantissa of utterance b. */
    static int mantissa(int b) {
        return FIELDS * b;
    }

    /** The index of the exponent of utterance b. */
    static int exponent(int b) {
        return FIELDS * b + 1;
    }

    /** The index of the sum of the normalisers of utterance b. */
    static int normaliser(int b) {
        return FIELDS * b + 2;
    }

    /** The index of the scale of that sum. */
    static int scale(int b) {
        return FIELDS * b + 3;
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
        return switch ((int) values.get(exponent(b))) {
            case DepartKernel.NON_FINITE -> CtcStatus.NON_FINITE;
            case DepartKernel.INFEASIBLE -> CtcStatus.INFEASIBLE;
            default -> CtcStatus.OK;
        };
    }

    /** −ln of the likelihood, the one logarithm of the recursions; in double, since it may be large. */
    private double loss(int b) {
        double mantissa = values.get(mantissa(b)) / MANTISSA_ONE;
        double relative = Math.log(mantissa) + values.get(exponent(b)) * Math.log(2);
        double normaliser = Math.scalb((double) values.get(normaliser(b)), -(int) values.get(scale(b)));
        return -(relative + normaliser);
    }
}
