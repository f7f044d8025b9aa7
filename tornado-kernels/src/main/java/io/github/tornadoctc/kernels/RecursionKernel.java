package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The forward and the backward recursion, side by side, in two launches with the meeting in between.
 *
 * <p>Group 2b runs α of utterance b, group 2b+1 its β; β is α of the reversed target over the reversed frames, so both
 * run the same code. A work-item holds a pair of states, a blank and the label after it, in registers; only the label
 * of the pair before crosses work-items, through double-buffered local memory, with one barrier per frame. What is
 * stored of a state is its value <em>before</em> the frame's emission, so that α after emission times β before it is
 * the state's share of the likelihood, without a division.
 *
 * <p>A target with more pairs than the group has work-items is done a block of pairs at a time, all frames of one block
 * after all frames of the one before, whose last label at each frame is kept in global memory.
 *
 * <p>Both directions run to the middle frame at once ({@link #APPROACH}), α from the front, β from the back. Then each
 * goes on through the other's half ({@link #DEPART}), multiplies its state with what the other stored there and puts
 * the product, the state's posterior up to a factor of the frame, in its place. Against running both to the end and
 * combining later this halves the memory and moves a third less of it; for the loss alone it halves the time.
 */
final class RecursionKernel {
    /** The phase up to the middle frame. */
    static final int APPROACH = 0;

    /** The phase from the middle frame on. */
    static final int DEPART = 1;

    /**
     * Posteriors are written relative to 2 to the power of the likelihood's exponent and this. A state's α times β is
     * at most the likelihood, and their mantissas at least 2⁻¹⁷ each, so their exponents add up to at most 35 more.
     */
    private static final int HEADROOM = 40;

    private RecursionKernel() {}

    /** The frame where α and β of an utterance of {@code length} frames meet. */
    static int middle(int length) {
        // never of a negative number, whose half TornadoVM 5.2.0 rounds down where Java rounds towards 0
        return TornadoMath.max(length - 1, 0) / 2;
    }

    /**
     * Runs one phase.
     *
     * @param emissionMantissa {@code [T][B][columns]}, from {@link RowKernel}
     * @param emissionExponent the exponents of the same
     * @param stateMantissa {@code [B][T][2·pairs]}, blanks then labels. In the first phase each direction's half; in
     *     the second, posteriors up to a factor of the frame
     * @param stateExponent the exponents of the same; not used for posteriors
     * @param middleMantissa {@code [B][2][2·pairs]}: α and β before the middle frame's emission
     * @param middleExponent the exponents of the same
     * @param borderMantissa {@code [2B][2][T]}: the last label of a block of pairs, for the next block; not used, and
     *     of any length, if every target has a lane for each pair
     * @param borderExponent the exponents of the same
     * @param likelihoods {@code [B][2]}, from {@link MeetingKernel}
     * @param lanes work-items per group; a constant of the kernel
     * @param blocks 1 if a target may have more pairs than the group has work-items, else 0; a constant of the kernel
     * @param phase {@link #APPROACH} or {@link #DEPART}; a constant of the kernel
     * @param keep 1 if the first phase keeps its states for the second, 0 for the loss alone; a constant of the kernel
     */
    static void recursion(
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
            IntArray likelihoods,
            int lanes,
            int blocks,
            int phase,
            int keep) {
        int timeSteps = description.get(Header.TIME_STEPS);
        int batch = description.get(Header.BATCH);
        int pairs = description.get(Header.PAIRS);
        int columns = description.get(Header.COLUMNS);
        int byLabel = description.get(Header.COLUMNS_BY_LABEL);
        int blankColumn = byLabel == 1 ? columns - 1 : description.get(Header.BLANK);
        int group = context.groupIdx;
        int lane = context.localIdx;
        int b = group / 2;
        int backward = group % 2;
        int length = description.get(description.get(Header.INPUT_LENGTHS) + b);
        int targetLength = description.get(description.get(Header.TARGET_LENGTHS) + b);
        int labelBase = description.get(Header.LABELS) + b * (pairs - 1);
        int middleBase = group * 2 * pairs;
        int above = phase == DEPART ? likelihoods.get(Likelihoods.exponent(b)) + HEADROOM : 0;

        int meeting = middle(length);
        int steps = backward == 0 ? meeting : TornadoMath.max(0, length - 1 - meeting);
        int begin = phase == APPROACH ? 0 : steps;
        int end = TornadoMath.min(length, phase == APPROACH ? steps + 1 : length);

        float[] power = context.allocateFloatLocalArray(ExtendedFloat.POWERS);
        // of each pair the label, one place up: in place 0, where the first pair looks, there is nothing
        float[] crossingMantissa = context.allocateFloatLocalArray(2 * (lanes + 1));
        int[] crossingExponent = context.allocateIntLocalArray(2 * (lanes + 1));
        for (int k = lane; k < ExtendedFloat.POWERS; k += lanes) {
            power[k] = ExtendedFloat.powerOfHalf(k);
        }

        int blocksEnd = blocks == 1 ? targetLength + 1 : 1;
        for (int first = 0; first < blocksEnd; first += lanes) {
            // pair i of α is blank i and label i; of β, counted from the end, blank U−i and label U−1−i
            int i = first + lane;
            boolean hasBlank = i <= targetLength;
            boolean hasLabel = i < targetLength;
            int blankState = backward == 0 ? i : targetLength - i;
            int labelState = pairs + (backward == 0 ? i : targetLength - 1 - i);
            boolean maySkip = false;
            int labelColumn = blankColumn;
            if (hasLabel) {
                int label = description.get(labelBase + labelState - pairs);
                labelColumn = byLabel == 1 ? labelState - pairs : label;
                if (i > 0) {
                    maySkip = label != description.get(labelBase + (backward == 0 ? i - 1 : targetLength - i));
                }
            }
            int bordersIn = (2 * group + (first / lanes + 1) % 2) * timeSteps;
            int bordersOut = (2 * group + first / lanes % 2) * timeSteps;

            // before the first frame: all in the first blank, from where that frame takes it to blank and label 0
            float blankM = i == 0 ? 1f : 0f;
            int blankE = i == 0 ? 0 : ExtendedFloat.EMPTY;
            float labelM = 0f;
            int labelE = ExtendedFloat.EMPTY;
            crossingMantissa[lane] = 0f;
            crossingExponent[lane] = ExtendedFloat.EMPTY;
            crossingMantissa[lanes + 1 + lane] = 0f;
            crossingExponent[lanes + 1 + lane] = ExtendedFloat.EMPTY;
            context.localBarrier();
            int buffer = 0;

            // what a frame needs from global memory is on its way for a whole frame before: where it is used, all would
            // wait for it before they could come to the barrier
            int labelOrBlank = hasLabel ? labelState : blankState;
            float aheadBlankM = 0f;
            int aheadBlankE = 0;
            float aheadLabelM = 0f;
            int aheadLabelE = 0;
            float aheadBlankStateM = 0f;
            int aheadBlankStateE = 0;
            float aheadLabelStateM = 0f;
            int aheadLabelStateE = 0;
            int t = TornadoMath.max(0, backward == 0 ? begin : length - 1 - begin);
            int row = (t * batch + b) * columns;
            int rowStep = (backward == 0 ? batch : -batch) * columns;
            int stateBase = (b * timeSteps + t) * 2 * pairs;
            int stateStep = backward == 0 ? 2 * pairs : -2 * pairs;
            if (begin < end) {
                aheadBlankM = emissionMantissa.get(row + blankColumn);
                aheadBlankE = emissionExponent.get(row + blankColumn);
                aheadLabelM = emissionMantissa.get(row + labelColumn);
                aheadLabelE = emissionExponent.get(row + labelColumn);
                // β leaves the middle frame to α
                if (phase == DEPART && backward == 0) {
                    if (hasBlank) {
                        aheadBlankStateM = stateMantissa.get(stateBase + blankState);
                        aheadBlankStateE = stateExponent.get(stateBase + blankState);
                        aheadLabelStateM = stateMantissa.get(stateBase + labelOrBlank);
                        aheadLabelStateE = stateExponent.get(stateBase + labelOrBlank);
                    }
                }
            }

            for (int step = begin; step < end; step++) {
                float blankEmissionM = aheadBlankM;
                int blankEmissionE = aheadBlankE;
                float labelEmissionM = aheadLabelM;
                int labelEmissionE = aheadLabelE;
                float otherBlankM = aheadBlankStateM;
                int otherBlankE = aheadBlankStateE;
                float otherLabelM = aheadLabelStateM;
                int otherLabelE = aheadLabelStateE;
                if (step + 1 < end) {
                    row += rowStep;
                    aheadBlankM = emissionMantissa.get(row + blankColumn);
                    aheadBlankE = emissionExponent.get(row + blankColumn);
                    aheadLabelM = emissionMantissa.get(row + labelColumn);
                    aheadLabelE = emissionExponent.get(row + labelColumn);
                    if (phase == DEPART && hasBlank) {
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
                int skipE = maySkip ? beforeE : ExtendedFloat.EMPTY;
                int newLabelE = TornadoMath.max(TornadoMath.max(labelE, blankE), skipE);
                float newLabelM = labelM * power[ExtendedFloat.shift(newLabelE, labelE)]
                        + blankM * power[ExtendedFloat.shift(newLabelE, blankE)]
                        + (maySkip ? beforeM : 0f) * power[ExtendedFloat.shift(newLabelE, skipE)];

                if (phase == DEPART && step == begin && hasBlank) {
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

                if (phase == APPROACH && hasBlank) {
                    if (step == steps) {
                        middleMantissa.set(middleBase + blankState, newBlankM);
                        middleExponent.set(middleBase + blankState, newBlankE);
                        if (hasLabel) {
                            middleMantissa.set(middleBase + labelState, newLabelM);
                            middleExponent.set(middleBase + labelState, newLabelE);
                        }
                    }
                    // at the middle frame itself the state is β's, for α to meet there when it departs
                    if (keep == 1 && (step < steps || backward == 1)) {
                        stateMantissa.set(stateBase + blankState, newBlankM);
                        stateExponent.set(stateBase + blankState, newBlankE);
                        if (hasLabel) {
                            stateMantissa.set(stateBase + labelState, newLabelM);
                            stateExponent.set(stateBase + labelState, newLabelE);
                        }
                    }
                }

                newBlankM *= blankEmissionM;
                newBlankE += blankEmissionE;
                newLabelM *= labelEmissionM;
                newLabelE += labelEmissionE;
                blankM = ExtendedFloat.normalise(newBlankM);
                blankE = ExtendedFloat.normalise(newBlankM, newBlankE);
                labelM = ExtendedFloat.normalise(newLabelM);
                labelE = ExtendedFloat.normalise(newLabelM, newLabelE);

                if (phase == DEPART && hasBlank && (step > begin || backward == 0)) {
                    int down = ExtendedFloat.shift(above, blankE + otherBlankE);
                    stateMantissa.set(stateBase + blankState, blankM * otherBlankM * power[TornadoMath.max(0, down)]);
                    if (hasLabel) {
                        down = ExtendedFloat.shift(above, labelE + otherLabelE);
                        stateMantissa.set(
                                stateBase + labelState, labelM * otherLabelM * power[TornadoMath.max(0, down)]);
                    }
                }

                crossingMantissa[buffer + lane + 1] = labelM;
                crossingExponent[buffer + lane + 1] = labelE;
                stateBase += stateStep;
                if (blocks == 1 && lane == lanes - 1 && i < targetLength) {
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
