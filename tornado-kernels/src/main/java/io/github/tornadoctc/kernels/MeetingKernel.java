package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The likelihood of each target, equation 14 of Graves et al. 2006 at the middle frame: the sum over states of α times
 * β there, and what became of the utterance.
 *
 * <p>One group per utterance, work-items over its states and its frames. The order of every sum depends on the
 * utterance alone, and so do its bits.
 */
final class MeetingKernel {
    /** Work-items per group. */
    static final int GROUP = 128;

    /** The utterance has a likelihood above 0. */
    static final int OK = 0;
    /** No path of positive probability collapses to the target. */
    static final int INFEASIBLE = 1;
    /** A row of the utterance is {@link RowKernel#INVALID}. */
    static final int NON_FINITE = 2;

    private MeetingKernel() {}

    /**
     * Element b of each output, for every utterance.
     *
     * @param likelihoodMantissa {@code [B]} out: in [1, 2), or 0
     * @param likelihoodExponent {@code [B]} out: the exponent of the same
     * @param status {@code [B]} out: {@link #OK}, {@link #INFEASIBLE} or {@link #NON_FINITE}
     */
    static void meet(
            KernelContext context,
            IntArray sizes,
            IntArray inputLengths,
            IntArray targetLengths,
            IntArray labels,
            FloatArray scores,
            FloatArray rowScale,
            IntArray rowExponent,
            FloatArray middleMantissa,
            IntArray middleExponent,
            FloatArray likelihoodMantissa,
            IntArray likelihoodExponent,
            IntArray status) {
        int batch = sizes.get(Sizes.BATCH);
        int pairs = sizes.get(Sizes.PAIRS);
        int blank = sizes.get(Sizes.BLANK);
        int b = context.groupIdx;
        int lane = context.localIdx;
        int length = inputLengths.get(b);
        int targetLength = length > 0 ? targetLengths.get(b) : -1;
        int t = RecursionKernel.middle(length);
        int rowBase = t * sizes.get(Sizes.FRAME_STRIDE) + b * sizes.get(Sizes.UTTERANCE_STRIDE);
        int alpha = 4 * b * pairs;
        int beta = alpha + 2 * pairs;
        int lowest = Emission.lowestExponent(length);

        float[] power = context.allocateFloatLocalArray(ExtendedFloat.POWERS);
        int[] exponents = context.allocateIntLocalArray(GROUP);
        float[] sums = context.allocateFloatLocalArray(GROUP);
        int[] invalid = context.allocateIntLocalArray(GROUP);
        for (int k = lane; k < ExtendedFloat.POWERS; k += GROUP) {
            power[k] = ExtendedFloat.powerOfHalf(k);
        }

        int invalidRows = 0;
        for (int frame = lane; frame < length; frame += GROUP) {
            if (rowExponent.get(frame * batch + b) == RowKernel.INVALID) {
                invalidRows = 1;
            }
        }
        invalid[lane] = invalidRows;
        int scaleE = length > 0 ? rowExponent.get(t * batch + b) : RowKernel.INVALID;
        float scale = length > 0 ? rowScale.get(t * batch + b) : 0f;

        // the largest exponent of a state's product
        int largest = 2 * ExtendedFloat.EMPTY;
        for (int state = lane; state < 2 * targetLength + 1; state += GROUP) {
            int at = state % 2 == 1 ? pairs + state / 2 : state / 2;
            int symbol = state % 2 == 1 ? labels.get(b * (pairs - 1) + state / 2) : blank;
            float score = scores.get(rowBase + symbol);
            if (Emission.isPossible(score, scaleE)) {
                int exponent = middleExponent.get(alpha + at) + middleExponent.get(beta + at);
                largest = TornadoMath.max(largest, exponent + Emission.exponent(score, scaleE, lowest));
            }
        }
        exponents[lane] = largest;
        context.localBarrier();
        for (int stride = 1; stride < GROUP; stride *= 2) {
            if (lane % (2 * stride) == 0) {
                exponents[lane] = TornadoMath.max(exponents[lane], exponents[lane + stride]);
                invalid[lane] = TornadoMath.max(invalid[lane], invalid[lane + stride]);
            }
            context.localBarrier();
        }
        largest = exponents[0];

        float sum = 0f;
        for (int state = lane; state < 2 * targetLength + 1; state += GROUP) {
            int at = state % 2 == 1 ? pairs + state / 2 : state / 2;
            int symbol = state % 2 == 1 ? labels.get(b * (pairs - 1) + state / 2) : blank;
            float score = scores.get(rowBase + symbol);
            if (Emission.isPossible(score, scaleE)) {
                int exponent = middleExponent.get(alpha + at) + middleExponent.get(beta + at);
                exponent += Emission.exponent(score, scaleE, lowest);
                sum += middleMantissa.get(alpha + at)
                        * middleMantissa.get(beta + at)
                        * Emission.mantissa(score, scale, scaleE)
                        * power[ExtendedFloat.shift(largest, exponent)];
            }
        }
        sums[lane] = sum;
        context.localBarrier();
        for (int stride = 1; stride < GROUP; stride *= 2) {
            if (lane % (2 * stride) == 0) {
                sums[lane] += sums[lane + stride];
            }
            context.localBarrier();
        }

        if (lane == 0) {
            float mantissa = sums[0];
            boolean positive = mantissa > 0f && invalid[0] == 0;
            int exponent = positive ? largest : ExtendedFloat.EMPTY;
            while (positive && mantissa >= 2f) {
                mantissa *= 0.5f;
                exponent++;
            }
            while (positive && mantissa < 1f) {
                mantissa *= 2f;
                exponent--;
            }
            likelihoodMantissa.set(b, positive ? mantissa : 0f);
            likelihoodExponent.set(b, exponent);
            status.set(b, invalid[0] == 1 ? NON_FINITE : (positive ? OK : INFEASIBLE));
        }
    }
}
