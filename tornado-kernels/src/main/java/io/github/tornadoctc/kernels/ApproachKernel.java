package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * The first half of both recursions: α from the first frame and β from the last, side by side, until they meet in the
 * middle, where {@link DepartKernel} finds the likelihood and goes on. Against running both to the end and combining
 * later this halves the memory and moves a third less of it; for the loss alone it halves the time.
 *
 * <p>Group 2b runs α of utterance b, group 2b+1 its β, as {@link Lattice} says. A work-item holds a pair of states, a
 * blank and the label after it, in registers, as {@link ExtendedLong}s. Only the label of the pair before crosses
 * work-items, through double-buffered local memory, with one barrier per frame. What is stored of a state is its value
 * <em>before</em> the frame's emission, so that α after emission times β before it is the state's share of the
 * likelihood, without a division. {@link ExtendedLong} says why nothing has to be checked on the way.
 *
 * <p>On a GPU a frame costs its instructions, one after the other, so there are few of them. The new blank is blank ⊕ label
 * before; the new label is made of it with a second addition: label ⊕ new blank, or label ⊕ blank where the blank must
 * not be skipped. Frames are done four at a time, written out: so it is known of each which half of the double buffer is
 * its own, and mantissas are renormalised once. All that four frames read from global memory is loaded while the first of
 * the four before them is computed, and moved to where it is used at the end of those. Loaded frame by frame, into
 * variables that have just been used, it would have to be waited for: a GPU counts loads on their way in few counters,
 * and for one in use again it waits until all are there. States are stored after the barrier, while the label before is
 * on its way from local memory: made floats of, they take as long. The frames before the first four are done one at a
 * time, by the same steps.
 *
 * <p>A target with more pairs than the group has work-items is done a block of pairs at a time: all frames of one block,
 * then all frames of the next, one at a time. The last label of a block at each frame, its border, is kept in global
 * memory for the next block.
 */
final class ApproachKernel {
    /** Frames written out. */
    static final int FRAMES = 4;

    private ApproachKernel() {}

    /**
     * Equations 6 and 10 of Graves et al. 2006, each up to the middle frame.
     *
     * @param emissions {@code [T][B][columns]}, from {@link RowKernel}
     * @param stateMantissa {@code [B][T][2·pairs]} out: blanks then labels, of α before the middle frame, of β from it
     *     on; {@link ExtendedLong}'s mantissas as they are, and so up to a factor that the frame has in common
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
            LongArray emissions,
            FloatArray stateMantissa,
            IntArray stateExponent,
            LongArray middleMantissa,
            IntArray middleExponent,
            LongArray borderMantissa,
            IntArray borderExponent,
            int lanes,
            int blocks,
            int keep) {
        int timeSteps = description.get(Header.TIME_STEPS);
        int batch = description.get(Header.BATCH);
        int pairs = description.get(Header.PAIRS);
        int columns = description.get(Header.COLUMNS);
        int blankColumn = Lattice.blankColumn(description, columns);
        int zero = description.get(Header.ZERO);
        int group = context.groupIdx;
        int lane = context.localIdx;
        int b = group / 2;
        int backward = group % 2;
        int length = description.get(description.get(Header.INPUT_LENGTHS) + b);
        int targetLength = description.get(description.get(Header.TARGET_LENGTHS) + b);
        int labels = description.get(Header.LABELS) + b * (pairs - 1);
        int steps = Lattice.stepsToMiddle(backward, length);
        int single = steps % FRAMES;
        int oneByOne = blocks == 1 ? steps : single;
        int middleBase = group * 2 * pairs;

        // of each pair the label, one place up: in place 0, where the first pair looks, there is nothing
        long[] crossingMantissa = context.allocateLongLocalArray(2 * (lanes + 1));
        int[] crossingExponent = context.allocateIntLocalArray(2 * (lanes + 1));
        int second = lanes + 1;
        if (lane == 0) {
            crossingMantissa[0] = 0L;
            crossingExponent[0] = ExtendedFloat.EMPTY;
            crossingMantissa[second] = 0L;
            crossingExponent[second] = ExtendedFloat.EMPTY;
        }

        int blocksEnd = blocks == 1 ? targetLength + 1 : 1;
        for (int first = 0; first < blocksEnd; first += lanes) {
            int i = first + lane;
            boolean exists = i <= targetLength;
            boolean keeps = keep == 1 && exists;
            int blankState = Lattice.blankPlace(backward, i, targetLength);
            int labelState = Lattice.labelPlace(backward, i, targetLength, pairs);
            int labelColumn = Lattice.labelColumnOfPair(description, labels, backward, i, targetLength, blankColumn);
            // An exponent has an index of its own. Were it the mantissa's, a compiler would compute what they share
            // once, and each address in two more steps, where one step is enough for an address by itself.
            int blankStateOfExponent = blankState + zero;
            int labelStateOfExponent = labelState + zero;
            boolean maySkip = Lattice.maySkip(description, labels, backward, i, targetLength);
            int bordersIn = (2 * group + (first / lanes + 1) % 2) * timeSteps;
            int bordersOut = (2 * group + first / lanes % 2) * timeSteps;
            int t = Lattice.frame(backward, 0, length);
            int stateStep = backward == 0 ? 2 * pairs : -2 * pairs;
            int state = (b * timeSteps + t) * 2 * pairs;
            int rowStep = (backward == 0 ? batch : -batch) * columns;
            int row = (t * batch + b) * columns;

            // the emissions of this frame and the three after it, as far as there are so many
            int last = steps - 1;
            int ahead = row;
            long blank0 = 0L;
            long label0 = 0L;
            long blank1 = 0L;
            long label1 = 0L;
            long blank2 = 0L;
            long label2 = 0L;
            long blank3 = 0L;
            long label3 = 0L;
            if (steps > 0) {
                blank0 = emissions.get(ahead + blankColumn);
                label0 = emissions.get(ahead + labelColumn);
                ahead = row + TornadoMath.min(1, last) * rowStep;
                blank1 = emissions.get(ahead + blankColumn);
                label1 = emissions.get(ahead + labelColumn);
                ahead = row + TornadoMath.min(2, last) * rowStep;
                blank2 = emissions.get(ahead + blankColumn);
                label2 = emissions.get(ahead + labelColumn);
                ahead = row + TornadoMath.min(3, last) * rowStep;
                blank3 = emissions.get(ahead + blankColumn);
                label3 = emissions.get(ahead + labelColumn);
            }

            // before the first frame all is in the first pair: in the blank, and in the label that follows it
            long blankM = i == 0 ? ExtendedLong.ONE : 0L;
            int blankE = i == 0 ? 0 : ExtendedFloat.EMPTY;
            long labelM = blankM;
            int labelE = blankE;

            int products = 0;
            int half = oneByOne % 2 == 0 ? 0 : second;
            for (int step = 0; step < oneByOne; step++) {
                if (keeps) {
                    stateMantissa.set(state + blankState, (float) blankM);
                    stateExponent.set(state + blankStateOfExponent, blankE);
                    stateMantissa.set(state + labelState, (float) labelM);
                    stateExponent.set(state + labelStateOfExponent, labelE);
                }
                state += stateStep;
                blankM = ExtendedLong.product(blankM, Emission.mantissa(blank0));
                blankE += Emission.exponent(blank0);
                labelM = ExtendedLong.product(labelM, Emission.mantissa(label0));
                labelE += Emission.exponent(label0);
                crossingMantissa[half + lane + 1] = labelM;
                crossingExponent[half + lane + 1] = labelE;
                if (blocks == 1) {
                    if (lane == 0 && first > 0) {
                        crossingMantissa[half] = borderMantissa.get(bordersIn + step);
                        crossingExponent[half] = borderExponent.get(bordersIn + step);
                    }
                    if (lane == lanes - 1 && i < targetLength) {
                        borderMantissa.set(bordersOut + step, labelM);
                        borderExponent.set(bordersOut + step, labelE);
                    }
                }
                context.localBarrier();
                long beforeM = crossingMantissa[half + lane];
                int beforeE = crossingExponent[half + lane];
                int sumE = TornadoMath.max(blankE, beforeE);
                int intoE = maySkip ? sumE : blankE;
                int nextE = TornadoMath.max(labelE, intoE);
                long sumM = ExtendedLong.sum(blankM, blankE, beforeM, beforeE, sumE);
                labelM = ExtendedLong.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, nextE);
                labelE = nextE;
                blankM = sumM;
                blankE = sumE;
                // at the frames where four at a time would do it, so that the bits are the same
                products = step < single ? FRAMES : products + 1;
                if (products == FRAMES) {
                    int frames = step < single ? 1 : FRAMES;
                    blankE = ExtendedLong.renormalise(blankM, blankE, frames);
                    blankM = ExtendedLong.renormalise(blankM, frames);
                    labelE = ExtendedLong.renormalise(labelM, labelE, frames);
                    labelM = ExtendedLong.renormalise(labelM, frames);
                    products = 0;
                }
                half = second - half;

                blank0 = blank1;
                label0 = label1;
                blank1 = blank2;
                label1 = label2;
                blank2 = blank3;
                label2 = label3;
                ahead = row + TornadoMath.min(step + FRAMES, last) * rowStep;
                blank3 = emissions.get(ahead + blankColumn);
                label3 = emissions.get(ahead + labelColumn);
            }
            row += oneByOne * rowStep;

            for (int step = oneByOne; step < steps; step += FRAMES) {
                boolean more = step + FRAMES < steps;
                row += FRAMES * rowStep;
                ahead = more ? row : row - rowStep;
                int aheadStep = more ? rowStep : 0;

                float keptBlankM = (float) blankM;
                int keptBlankE = blankE;
                float keptLabelM = (float) labelM;
                int keptLabelE = labelE;
                blankM = ExtendedLong.product(blankM, Emission.mantissa(blank0));
                blankE += Emission.exponent(blank0);
                labelM = ExtendedLong.product(labelM, Emission.mantissa(label0));
                labelE += Emission.exponent(label0);
                crossingMantissa[lane + 1] = labelM;
                crossingExponent[lane + 1] = labelE;
                context.localBarrier();
                long beforeM = crossingMantissa[lane];
                int beforeE = crossingExponent[lane];
                if (keeps) {
                    stateMantissa.set(state + blankState, keptBlankM);
                    stateExponent.set(state + blankStateOfExponent, keptBlankE);
                    stateMantissa.set(state + labelState, keptLabelM);
                    stateExponent.set(state + labelStateOfExponent, keptLabelE);
                }
                state += stateStep;
                long nextBlank0 = emissions.get(ahead + blankColumn);
                long nextLabel0 = emissions.get(ahead + labelColumn);
                ahead += aheadStep;
                long nextBlank1 = emissions.get(ahead + blankColumn);
                long nextLabel1 = emissions.get(ahead + labelColumn);
                ahead += aheadStep;
                long nextBlank2 = emissions.get(ahead + blankColumn);
                long nextLabel2 = emissions.get(ahead + labelColumn);
                ahead += aheadStep;
                long nextBlank3 = emissions.get(ahead + blankColumn);
                long nextLabel3 = emissions.get(ahead + labelColumn);
                int sumE = TornadoMath.max(blankE, beforeE);
                int intoE = maySkip ? sumE : blankE;
                int nextE = TornadoMath.max(labelE, intoE);
                long sumM = ExtendedLong.sum(blankM, blankE, beforeM, beforeE, sumE);
                labelM = ExtendedLong.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, nextE);
                labelE = nextE;
                blankM = sumM;
                blankE = sumE;

                keptBlankM = (float) blankM;
                keptBlankE = blankE;
                keptLabelM = (float) labelM;
                keptLabelE = labelE;
                blankM = ExtendedLong.product(blankM, Emission.mantissa(blank1));
                blankE += Emission.exponent(blank1);
                labelM = ExtendedLong.product(labelM, Emission.mantissa(label1));
                labelE += Emission.exponent(label1);
                crossingMantissa[second + lane + 1] = labelM;
                crossingExponent[second + lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[second + lane];
                beforeE = crossingExponent[second + lane];
                if (keeps) {
                    stateMantissa.set(state + blankState, keptBlankM);
                    stateExponent.set(state + blankStateOfExponent, keptBlankE);
                    stateMantissa.set(state + labelState, keptLabelM);
                    stateExponent.set(state + labelStateOfExponent, keptLabelE);
                }
                state += stateStep;
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                nextE = TornadoMath.max(labelE, intoE);
                sumM = ExtendedLong.sum(blankM, blankE, beforeM, beforeE, sumE);
                labelM = ExtendedLong.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, nextE);
                labelE = nextE;
                blankM = sumM;
                blankE = sumE;

                keptBlankM = (float) blankM;
                keptBlankE = blankE;
                keptLabelM = (float) labelM;
                keptLabelE = labelE;
                blankM = ExtendedLong.product(blankM, Emission.mantissa(blank2));
                blankE += Emission.exponent(blank2);
                labelM = ExtendedLong.product(labelM, Emission.mantissa(label2));
                labelE += Emission.exponent(label2);
                crossingMantissa[lane + 1] = labelM;
                crossingExponent[lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[lane];
                beforeE = crossingExponent[lane];
                if (keeps) {
                    stateMantissa.set(state + blankState, keptBlankM);
                    stateExponent.set(state + blankStateOfExponent, keptBlankE);
                    stateMantissa.set(state + labelState, keptLabelM);
                    stateExponent.set(state + labelStateOfExponent, keptLabelE);
                }
                state += stateStep;
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                nextE = TornadoMath.max(labelE, intoE);
                sumM = ExtendedLong.sum(blankM, blankE, beforeM, beforeE, sumE);
                labelM = ExtendedLong.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, nextE);
                labelE = nextE;
                blankM = sumM;
                blankE = sumE;

                keptBlankM = (float) blankM;
                keptBlankE = blankE;
                keptLabelM = (float) labelM;
                keptLabelE = labelE;
                blankM = ExtendedLong.product(blankM, Emission.mantissa(blank3));
                blankE += Emission.exponent(blank3);
                labelM = ExtendedLong.product(labelM, Emission.mantissa(label3));
                labelE += Emission.exponent(label3);
                crossingMantissa[second + lane + 1] = labelM;
                crossingExponent[second + lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[second + lane];
                beforeE = crossingExponent[second + lane];
                if (keeps) {
                    stateMantissa.set(state + blankState, keptBlankM);
                    stateExponent.set(state + blankStateOfExponent, keptBlankE);
                    stateMantissa.set(state + labelState, keptLabelM);
                    stateExponent.set(state + labelStateOfExponent, keptLabelE);
                }
                state += stateStep;
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                nextE = TornadoMath.max(labelE, intoE);
                sumM = ExtendedLong.sum(blankM, blankE, beforeM, beforeE, sumE);
                labelM = ExtendedLong.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, nextE);
                labelE = nextE;
                blankM = sumM;
                blankE = sumE;
                blank0 = nextBlank0;
                label0 = nextLabel0;
                blank1 = nextBlank1;
                label1 = nextLabel1;
                blank2 = nextBlank2;
                label2 = nextLabel2;
                blank3 = nextBlank3;
                label3 = nextLabel3;
                blankE = ExtendedLong.renormalise(blankM, blankE, FRAMES);
                blankM = ExtendedLong.renormalise(blankM, FRAMES);
                labelE = ExtendedLong.renormalise(labelM, labelE, FRAMES);
                labelM = ExtendedLong.renormalise(labelM, FRAMES);
            }

            if (exists) {
                middleMantissa.set(middleBase + blankState, blankM);
                middleExponent.set(middleBase + blankState, blankE);
                middleMantissa.set(middleBase + labelState, labelM);
                middleExponent.set(middleBase + labelState, labelE);
            }
            // at the middle frame itself the state is β's, for α to meet there when it departs
            if (keeps && backward == 1) {
                stateMantissa.set(state + blankState, (float) blankM);
                stateExponent.set(state + blankStateOfExponent, blankE);
                stateMantissa.set(state + labelState, (float) labelM);
                stateExponent.set(state + labelStateOfExponent, labelE);
            }
            if (blocks == 1) {
                // borders must have reached memory before the next block of states reads them, and labels have been
                // read from local memory before it writes there
                context.globalBarrier();
                context.localBarrier();
            }
        }
    }
}
