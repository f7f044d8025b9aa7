package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * The second half of both recursions: α and β each go on from the middle frame, where {@link ApproachKernel} has left
 * them, through the other's half. At every frame a state is multiplied with what the other direction has stored there,
 * and the product, the state's posterior up to a factor of the frame, takes that one's place.
 *
 * <p>Groups, work-items, blocks and borders are those of {@link ApproachKernel}, and so is the step of a frame. It is
 * written out in both: a method that a kernel calls returns one number, and takes no local memory.
 */
final class DepartKernel {
    /**
     * Posteriors are written relative to 2 to the power of the likelihood's exponent and this. A state's α times β is
     * at most the likelihood, and their mantissas at least 2⁻¹⁷ each, so their exponents add up to at most 35 more.
     */
    private static final int HEADROOM = 40;

    private DepartKernel() {}

    /**
     * Equations 6 and 10 of Graves et al. 2006 from the middle frame on, and the products α·β of equation 14.
     *
     * @param emissionMantissa {@code [T][B][columns]}, from {@link RowKernel}
     * @param emissionExponent the exponents of the same
     * @param stateMantissa {@code [B][T][2·pairs]} in: what {@link ApproachKernel} has kept; out: posteriors of the
     *     states up to a factor of the frame, blanks then labels
     * @param stateExponent the exponents of what was kept; posteriors have none
     * @param middleMantissa {@code [B][2][2·pairs]}: α and β before the middle frame's emission
     * @param middleExponent the exponents of the same
     * @param borderMantissa {@code [2B][2][T]} between the blocks of a target; not used, and of any length, if every
     *     target has a lane for each pair
     * @param borderExponent the exponents of the same
     * @param likelihoods {@code [B][4]}, from {@link LikelihoodKernel}
     * @param lanes work-items per group; a constant of the kernel
     * @param blocks 1 if a target may have more pairs than the group has work-items, else 0; a constant of the kernel
     */
    static void depart(
            KernelContext context,
            IntArray description,
            FloatArray emissionMantissa,
            IntArray emissionExponent,
            FloatArray stateMantissa,
            IntArray stateExponent,
            FloatArray middleMantissa,
            IntArray middleExponent,
            FloatArray borderMantissa,
            IntArray borderExponent,
            LongArray likelihoods,
            int lanes,
            int blocks) {
        int timeSteps = description.get(Header.TIME_STEPS);
        int batch = description.get(Header.BATCH);
        int pairs = description.get(Header.PAIRS);
        int columns = description.get(Header.COLUMNS);
        int blankColumn = Lattice.blankColumn(description, columns);
        int group = context.groupIdx;
        int lane = context.localIdx;
        int b = group / 2;
        int backward = group % 2;
        int length = description.get(description.get(Header.INPUT_LENGTHS) + b);
        int targetLength = description.get(description.get(Header.TARGET_LENGTHS) + b);
        int labels = description.get(Header.LABELS) + b * (pairs - 1);
        int middleBase = group * 2 * pairs;
        int above = (int) likelihoods.get(Likelihoods.exponent(b)) + HEADROOM;
        int begin = Lattice.stepsToMiddle(backward, length);

        float[] power = context.allocateFloatLocalArray(ExtendedFloat.POWERS);
        // of each pair the label, one place up: in place 0, where the first pair looks, there is nothing
        float[] crossingMantissa = context.allocateFloatLocalArray(2 * (lanes + 1));
        int[] crossingExponent = context.allocateIntLocalArray(2 * (lanes + 1));
        for (int k = lane; k < ExtendedFloat.POWERS; k += lanes) {
            power[k] = ExtendedFloat.powerOfHalf(k);
        }

        int blocksEnd = blocks == 1 ? targetLength + 1 : 1;
        for (int first = 0; first < blocksEnd; first += lanes) {
            int i = first + lane;
            boolean hasBlank = i <= targetLength;
            boolean hasLabel = i < targetLength;
            int blankState = Lattice.blank(backward, i, targetLength);
            int labelState = pairs + Lattice.label(backward, i, targetLength);
            int labelColumn = Lattice.labelColumnOfPair(description, labels, backward, i, targetLength, blankColumn);
            boolean maySkip = Lattice.maySkip(description, labels, backward, i, targetLength);
            int bordersIn = (2 * group + (first / lanes + 1) % 2) * timeSteps;
            int bordersOut = (2 * group + first / lanes % 2) * timeSteps;

            float blankM = 0f;
            int blankE = ExtendedFloat.EMPTY;
            float labelM = 0f;
            int labelE = ExtendedFloat.EMPTY;
            crossingMantissa[lane] = 0f;
            crossingExponent[lane] = ExtendedFloat.EMPTY;
            crossingMantissa[lanes + 1 + lane] = 0f;
            crossingExponent[lanes + 1 + lane] = ExtendedFloat.EMPTY;
            context.localBarrier();
            int buffer = 0;

            // Emissions, and what the other direction has stored, are on their way for a whole frame before they are
            // used. Where they are used all lanes would wait for them before they could come to the barrier.
            int labelOrBlank = hasLabel ? labelState : blankState;
            float aheadBlankM = 0f;
            int aheadBlankE = 0;
            float aheadLabelM = 0f;
            int aheadLabelE = 0;
            float aheadBlankStateM = 0f;
            int aheadBlankStateE = 0;
            float aheadLabelStateM = 0f;
            int aheadLabelStateE = 0;
            int t = Lattice.frame(backward, begin, length);
            int row = (t * batch + b) * columns;
            int rowStep = (backward == 0 ? batch : -batch) * columns;
            int stateBase = (b * timeSteps + t) * 2 * pairs;
            int stateStep = backward == 0 ? 2 * pairs : -2 * pairs;
            if (begin < length) {
                aheadBlankM = emissionMantissa.get(row + blankColumn);
                aheadBlankE = emissionExponent.get(row + blankColumn);
                aheadLabelM = emissionMantissa.get(row + labelColumn);
                aheadLabelE = emissionExponent.get(row + labelColumn);
                // β leaves the middle frame to α
                if (backward == 0 && hasBlank) {
                    aheadBlankStateM = stateMantissa.get(stateBase + blankState);
                    aheadBlankStateE = stateExponent.get(stateBase + blankState);
                    aheadLabelStateM = stateMantissa.get(stateBase + labelOrBlank);
                    aheadLabelStateE = stateExponent.get(stateBase + labelOrBlank);
                }
            }

            for (int step = begin; step < length; step++) {
                float blankEmissionM = aheadBlankM;
                int blankEmissionE = aheadBlankE;
                float labelEmissionM = aheadLabelM;
                int labelEmissionE = aheadLabelE;
                float otherBlankM = aheadBlankStateM;
                int otherBlankE = aheadBlankStateE;
                float otherLabelM = aheadLabelStateM;
                int otherLabelE = aheadLabelStateE;
                if (step + 1 < length) {
                    row += rowStep;
                    aheadBlankM = emissionMantissa.get(row + blankColumn);
                    aheadBlankE = emissionExponent.get(row + blankColumn);
                    aheadLabelM = emissionMantissa.get(row + labelColumn);
                    aheadLabelE = emissionExponent.get(row + labelColumn);
                    if (hasBlank) {
                        int next = stateBase + stateStep;
                        aheadBlankStateM = stateMantissa.get(next + blankState);
                        aheadBlankStateE = stateExponent.get(next + blankState);
                        aheadLabelStateM = stateMantissa.get(next + labelOrBlank);
                        aheadLabelStateE = stateExponent.get(next + labelOrBlank);
                    }
                }

                float beforeM = crossingMantissa[buffer + lane];
                int beforeE = crossingExponent[buffer + lane];
                buffer = lanes + 1 - buffer;
                if (blocks == 1 && first > 0) {
                    if (lane == 0 && step > begin) {
                        beforeM = borderMantissa.get(bordersIn + step - 1);
                        beforeE = borderExponent.get(bordersIn + step - 1);
                    }
                }

                // stay in the blank, or step to it from the label before
                int newBlankE = TornadoMath.max(blankE, beforeE);
                float newBlankM = blankM * power[ExtendedFloat.shift(newBlankE, blankE)]
                        + beforeM * power[ExtendedFloat.shift(newBlankE, beforeE)];
                // stay in the label, step to it from its blank, or skip that blank from the label before
                float skipM = maySkip ? beforeM : 0f;
                int skipE = maySkip ? beforeE : ExtendedFloat.EMPTY;
                int newLabelE = TornadoMath.max(TornadoMath.max(labelE, blankE), skipE);
                float newLabelM = labelM * power[ExtendedFloat.shift(newLabelE, labelE)]
                        + blankM * power[ExtendedFloat.shift(newLabelE, blankE)]
                        + skipM * power[ExtendedFloat.shift(newLabelE, skipE)];
                if (step == begin && hasBlank) {
                    newBlankM = middleMantissa.get(middleBase + blankState);
                    newBlankE = middleExponent.get(middleBase + blankState);
                    if (hasLabel) {
                        newLabelM = middleMantissa.get(middleBase + labelState);
                        newLabelE = middleExponent.get(middleBase + labelState);
                    }
                }
                if (!hasLabel) {
                    newLabelM = 0f;
                    newLabelE = ExtendedFloat.EMPTY;
                }

                newBlankM *= blankEmissionM;
                newBlankE += blankEmissionE;
                newLabelM *= labelEmissionM;
                newLabelE += labelEmissionE;
                blankM = ExtendedFloat.normalise(newBlankM);
                blankE = ExtendedFloat.normalise(newBlankM, newBlankE);
                labelM = ExtendedFloat.normalise(newLabelM);
                labelE = ExtendedFloat.normalise(newLabelM, newLabelE);

                if (hasBlank && (step > begin || backward == 0)) {
                    int down = TornadoMath.max(0, ExtendedFloat.shift(above, blankE + otherBlankE));
                    stateMantissa.set(stateBase + blankState, blankM * otherBlankM * power[down]);
                    if (hasLabel) {
                        down = TornadoMath.max(0, ExtendedFloat.shift(above, labelE + otherLabelE));
                        stateMantissa.set(stateBase + labelState, labelM * otherLabelM * power[down]);
                    }
                }

                crossingMantissa[buffer + lane + 1] = labelM;
                crossingExponent[buffer + lane + 1] = labelE;
                stateBase += stateStep;
                if (blocks == 1 && lane == lanes - 1 && hasLabel) {
                    borderMantissa.set(bordersOut + step, labelM);
                    borderExponent.set(bordersOut + step, labelE);
                }
                context.localBarrier();
            }
            if (blocks == 1) {
                // borders must have reached memory before the next block of states reads them
                context.globalBarrier();
            }
        }
    }
}
