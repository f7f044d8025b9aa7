package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The first half of both recursions: α from the first frame and β from the last, side by side, until they meet in the
 * middle. {@link LikelihoodKernel} needs no more, and {@link DepartKernel} goes on from there. Against running both to
 * the end and combining later this halves the memory and moves a third less of it; for the loss alone it halves the
 * time.
 *
 * <p>Group 2b runs α of utterance b, group 2b+1 its β, as {@link Lattice} says. A work-item holds a pair of states, a
 * blank and the label after it, in registers. Only the label of the pair before crosses work-items, through
 * double-buffered local memory, with one barrier per frame. What is stored of a state is its value <em>before</em> the
 * frame's emission, so that α after emission times β before it is the state's share of the likelihood, without a
 * division.
 *
 * <p>A target with more pairs than the group has work-items is done a block of pairs at a time: all frames of one block,
 * then all frames of the next. The last label of a block at each frame, its border, is kept in global memory for the
 * next block.
 */
final class ApproachKernel {
    private ApproachKernel() {}

    /**
     * Equations 6 and 10 of Graves et al. 2006, each up to the middle frame.
     *
     * @param emissionMantissa {@code [T][B][columns]}, from {@link RowKernel}
     * @param emissionExponent the exponents of the same
     * @param stateMantissa {@code [B][T][2·pairs]} out: blanks then labels, of α before the middle frame, of β from it
     *     on
     * @param stateExponent the exponents of the same
     * @param middleMantissa {@code [B][2][2·pairs]} out: α and β before the middle frame's emission
     * @param middleExponent the exponents of the same
     * @param borderMantissa {@code [2B][2][T]} between the blocks of a target; not used, and of any length, if every
     *     target has a lane for each pair
     * @param borderExponent the exponents of the same
     * @param lanes work-items per group; a constant of the kernel
     * @param blocks 1 if a target may have more pairs than the group has work-items, else 0; a constant of the kernel
     * @param keep 1 to write states, 0 for the loss alone; a constant of the kernel
     */
    static void approach(
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
            int lanes,
            int blocks,
            int keep) {
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
        int steps = Lattice.stepsToMiddle(backward, length);
        int end = TornadoMath.min(length, steps + 1);

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

            // Emissions are on their way for a whole frame before they are used. Where they are used all lanes would
            // wait for them before they could come to the barrier.
            float aheadBlankM = 0f;
            int aheadBlankE = 0;
            float aheadLabelM = 0f;
            int aheadLabelE = 0;
            int t = Lattice.frame(backward, 0, length);
            int row = (t * batch + b) * columns;
            int rowStep = (backward == 0 ? batch : -batch) * columns;
            int stateBase = (b * timeSteps + t) * 2 * pairs;
            int stateStep = backward == 0 ? 2 * pairs : -2 * pairs;
            if (end > 0) {
                aheadBlankM = emissionMantissa.get(row + blankColumn);
                aheadBlankE = emissionExponent.get(row + blankColumn);
                aheadLabelM = emissionMantissa.get(row + labelColumn);
                aheadLabelE = emissionExponent.get(row + labelColumn);
            }

            for (int step = 0; step < end; step++) {
                float blankEmissionM = aheadBlankM;
                int blankEmissionE = aheadBlankE;
                float labelEmissionM = aheadLabelM;
                int labelEmissionE = aheadLabelE;
                if (step + 1 < end) {
                    row += rowStep;
                    aheadBlankM = emissionMantissa.get(row + blankColumn);
                    aheadBlankE = emissionExponent.get(row + blankColumn);
                    aheadLabelM = emissionMantissa.get(row + labelColumn);
                    aheadLabelE = emissionExponent.get(row + labelColumn);
                }

                float beforeM = crossingMantissa[buffer + lane];
                int beforeE = crossingExponent[buffer + lane];
                buffer = lanes + 1 - buffer;
                if (blocks == 1 && first > 0) {
                    if (lane == 0 && step > 0) {
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
                if (!hasLabel) {
                    newLabelM = 0f;
                    newLabelE = ExtendedFloat.EMPTY;
                }

                if (hasBlank) {
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
