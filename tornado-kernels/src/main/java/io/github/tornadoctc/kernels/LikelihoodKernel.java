package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * The likelihood of each target, equation 14 of Graves et al. 2006 at the middle frame: the sum over states of α times
 * β there, and the sum of the frames' normalisers, which the emissions in them are without. Also says what became of the
 * utterance.
 *
 * <p>One group per utterance, work-items over its states and its frames. The order of every sum depends on the
 * utterance alone, and so do its bits.
 */
final class LikelihoodKernel {
    /** Work-items per group. */
    static final int GROUP = 128;

    /** The exponent of a likelihood of 0: no path of positive probability collapses to the target. */
    static final int INFEASIBLE = ExtendedFloat.EMPTY;
    /** The exponent where a row of the utterance has {@link RowKernel#NO_SUM}; all others are larger. */
    static final int NON_FINITE = ExtendedFloat.EMPTY - 1;

    private LikelihoodKernel() {}

    /**
     * Row b of the output, for every utterance.
     *
     * @param rowInverseSum {@code [T][B]}, from {@link RowKernel}
     * @param rowNormaliser {@code [T][B]}, from {@link RowKernel}
     * @param emissionMantissa {@code [T][B][columns]}, from {@link RowKernel}
     * @param emissionExponent the exponents of the same
     * @param middleMantissa {@code [B][2][2·pairs]}: α and β before the middle frame's emission
     * @param middleExponent the exponents of the same
     * @param likelihoods {@code [B][4]} out, see {@link Likelihoods}; the exponent may be {@link #INFEASIBLE} or
     *     {@link #NON_FINITE}
     */
    static void likelihood(
            KernelContext context,
            IntArray description,
            FloatArray rowInverseSum,
            FloatArray rowNormaliser,
            FloatArray emissionMantissa,
            IntArray emissionExponent,
            FloatArray middleMantissa,
            IntArray middleExponent,
            LongArray likelihoods) {
        int batch = description.get(Header.BATCH);
        int pairs = description.get(Header.PAIRS);
        int columns = description.get(Header.COLUMNS);
        int blankColumn = Lattice.blankColumn(description, columns);
        int b = context.groupIdx;
        int lane = context.localIdx;
        int labels = description.get(Header.LABELS) + b * (pairs - 1);
        int length = description.get(description.get(Header.INPUT_LENGTHS) + b);
        int targetLength = length > 0 ? description.get(description.get(Header.TARGET_LENGTHS) + b) : -1;
        int rowBase = (Lattice.middle(length) * batch + b) * columns;
        int alpha = 4 * b * pairs;
        int beta = alpha + 2 * pairs;

        float[] power = context.allocateFloatLocalArray(ExtendedFloat.POWERS);
        int[] exponents = context.allocateIntLocalArray(GROUP);
        int[] invalid = context.allocateIntLocalArray(GROUP);
        float[] sums = context.allocateFloatLocalArray(GROUP);
        float[] normalisers = context.allocateFloatLocalArray(GROUP);
        long[] units = context.allocateLongLocalArray(GROUP);
        for (int k = lane; k < ExtendedFloat.POWERS; k += GROUP) {
            power[k] = ExtendedFloat.powerOfHalf(k);
        }

        int invalidRows = 0;
        float largestNormaliser = 0f;
        for (int frame = lane; frame < length; frame += GROUP) {
            if (rowInverseSum.get(frame * batch + b) <= RowKernel.NO_SUM) {
                invalidRows = 1;
            }
            largestNormaliser = Normaliser.larger(largestNormaliser, rowNormaliser.get(frame * batch + b));
        }
        invalid[lane] = invalidRows;
        normalisers[lane] = largestNormaliser;

        // the largest exponent of a state's product
        int largest = 2 * ExtendedFloat.EMPTY;
        for (int state = lane; state < 2 * targetLength + 1; state += GROUP) {
            int at = place(state, pairs);
            int emission = rowBase + column(description, labels, state, blankColumn);
            if (emissionMantissa.get(emission) > 0f) {
                int exponent = middleExponent.get(alpha + at) + middleExponent.get(beta + at);
                largest = TornadoMath.max(largest, exponent + emissionExponent.get(emission));
            }
        }
        exponents[lane] = largest;
        context.localBarrier();
        for (int stride = GROUP / 2; stride > 0; stride /= 2) {
            if (lane < stride) {
                exponents[lane] = TornadoMath.max(exponents[lane], exponents[lane + stride]);
                invalid[lane] = TornadoMath.max(invalid[lane], invalid[lane + stride]);
                normalisers[lane] = TornadoMath.max(normalisers[lane], normalisers[lane + stride]);
            }
            context.localBarrier();
        }
        largest = exponents[0];

        float sum = 0f;
        for (int state = lane; state < 2 * targetLength + 1; state += GROUP) {
            int at = place(state, pairs);
            int emission = rowBase + column(description, labels, state, blankColumn);
            if (emissionMantissa.get(emission) > 0f) {
                int exponent = middleExponent.get(alpha + at) + middleExponent.get(beta + at);
                exponent += emissionExponent.get(emission);
                float product = middleMantissa.get(alpha + at) * middleMantissa.get(beta + at);
                sum += product * emissionMantissa.get(emission) * power[ExtendedFloat.shift(largest, exponent)];
            }
        }
        sums[lane] = sum;

        int scale = Normaliser.scale(normalisers[0], length);
        float scaling = Normaliser.powerOfTwo(scale);
        long unitsOfLane = 0L;
        for (int frame = lane; frame < length; frame += GROUP) {
            unitsOfLane += Normaliser.units(rowNormaliser.get(frame * batch + b), scaling);
        }
        units[lane] = unitsOfLane;
        context.localBarrier();
        for (int stride = GROUP / 2; stride > 0; stride /= 2) {
            if (lane < stride) {
                sums[lane] += sums[lane + stride];
                units[lane] += units[lane + stride];
            }
            context.localBarrier();
        }

        if (lane == 0) {
            float mantissa = sums[0];
            boolean positive = mantissa > 0f && invalid[0] == 0;
            int exponent = positive ? largest : (invalid[0] == 1 ? NON_FINITE : INFEASIBLE);
            while (positive && mantissa >= 2f) {
                mantissa *= 0.5f;
                exponent++;
            }
            while (positive && mantissa < 1f) {
                mantissa *= 2f;
                exponent--;
            }
            likelihoods.set(Likelihoods.mantissa(b), positive ? (int) (mantissa * Likelihoods.MANTISSA_ONE) : 0);
            likelihoods.set(Likelihoods.exponent(b), exponent);
            likelihoods.set(Likelihoods.normaliser(b), units[0]);
            likelihoods.set(Likelihoods.scale(b), scale + Normaliser.FRACTION_BITS);
        }
    }

    /** Where state s, of the target's blanks and labels in turn, stands among blanks and then labels. */
    private static int place(int state, int pairs) {
        return state % 2 == 1 ? pairs + state / 2 : state / 2;
    }

    /** Where the emission of state s stands in a row. */
    private static int column(IntArray description, int labels, int state, int blankColumn) {
        return state % 2 == 1 ? Lattice.labelColumn(description, labels, state / 2) : blankColumn;
    }
}
