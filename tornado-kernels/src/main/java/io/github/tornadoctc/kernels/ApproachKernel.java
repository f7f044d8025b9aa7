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
 * work-items, through double-buffered local memory, with one barrier per frame. {@link ExtendedLong} says why nothing has
 * to be checked on the way.
 *
 * <p>What is stored of a state is its value <em>after</em> the frame's emission, so that it is the state's share of the
 * likelihood, without a division, times what the other direction has there before the emission. A work-item stores its
 * blank and beside it not its own label, but the label before that it has just read: to the other direction, which counts
 * from the target's other end, these two are a pair, and so one index does for all of it.
 *
 * <p>On a GPU a frame costs its instructions, one after the other, so there are few of them. The new blank is blank ⊕ label
 * before; the new label is made of it with a second addition: label ⊕ new blank, or label ⊕ blank where the blank must
 * not be skipped. Frames are written out: so it is known of each which half of the double buffer is its own, and
 * mantissas are renormalised once in four.
 *
 * <p>All that four frames read from global memory is loaded while the first of the four before them is computed, and stays
 * in the variables that it is loaded to: so eight frames are written out. With four of them it would have to be moved to
 * where it is used, which is three to six instructions a frame. Loaded frame by frame, into variables that have just been
 * used, it would have to be waited for: a GPU counts loads on their way in few counters, and for one in use again it waits
 * until all are there. States are stored after the next frame's barrier, while the label before is on its way from local
 * memory: made floats of, they take as long. They are stored without a condition, which would be a branch: a work-item past
 * the target does what that of the last pair does, and stores it to a place of its own. The frames before the first eight
 * are done one at a time, by the same steps.
 *
 * <p>A target with more pairs than the group has work-items is done a block of pairs at a time: all frames of one block,
 * then all frames of the next, one at a time. The last label of a block at each frame, its border, is kept in global
 * memory for the next block.
 */
final class ApproachKernel {
    /** Frames from one renormalisation to the next, and frames whose emissions are loaded at once. */
    static final int FRAMES = 4;

    /** Frames written out: for each four of them there are others to load meanwhile. */
    static final int WRITTEN_OUT = 2 * FRAMES;

    private ApproachKernel() {}

    /**
     * Equations 6 and 10 of Graves et al. 2006, each up to the middle frame.
     *
     * @param emissions {@code [T][B][columns]}, from {@link RowKernel}
     * @param blankStates {@code [B][T][pairs]} out: blanks of α before the middle frame, of β after it; {@link
     *     ExtendedLong}'s mantissas as they are, and so up to a factor that the frame has in common. Then {@code [2B][lanes]}
     *     out: nothing that counts
     * @param labelStates the same of the labels, in the places of {@link Lattice#labelPair}
     * @param stateExponents the exponents of both, as {@link ExponentPair}s
     * @param middleMantissa {@code [B][2][2·pairs]} out: α and β before the middle frame's emission
     * @param middleExponent the exponents of the same
     * @param borderMantissa {@code [2B][2][T]} between the blocks of a target; not used, and of any length, if every
     *     target has a lane for each pair
     * @param borderExponent the exponents of the same
     * @param lanes work-items per group; a constant of the kernel
     * @param blocks 1 if a target may have more pairs than the group has work-items, else 0; a constant of the kernel
     * @param keep 1 to write states, 0 for the loss alone; a constant of the kernel
     * @param fetchAhead 1 to have what is loaded fetched into a cache before, see {@link CacheFetch}, else 0; a constant of
     *     the kernel
     */
    static void approach(
            KernelContext context,
            IntArray description,
            LongArray emissions,
            FloatArray blankStates,
            FloatArray labelStates,
            LongArray stateExponents,
            LongArray middleMantissa,
            IntArray middleExponent,
            LongArray borderMantissa,
            IntArray borderExponent,
            int lanes,
            int blocks,
            int keep,
            int fetchAhead) {
        int timeSteps = description.get(Header.TIME_STEPS);
        int batch = description.get(Header.BATCH);
        int pairs = description.get(Header.PAIRS);
        int columns = description.get(Header.COLUMNS);
        int zero = description.get(Header.ZERO);
        int group = context.groupIdx;
        int lane = context.localIdx;
        int b = group / 2;
        int backward = group % 2;
        int length = description.get(description.get(Header.INPUT_LENGTHS) + b);
        int targetLength = description.get(description.get(Header.TARGET_LENGTHS) + b);
        int blankColumn = Lattice.blankColumn(description, targetLength);
        int labels = description.get(Header.LABELS) + b * (pairs - 1);
        int steps = Lattice.stepsToMiddle(backward, length);
        int single = steps % WRITTEN_OUT;
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
            // a work-item past the target does what that of the last pair does, and stores it to a place of its own
            int pairLane = TornadoMath.min(lane, targetLength - first);
            boolean exists = lane == pairLane;
            int i = first + pairLane;
            int blankState = Lattice.blankPlace(backward, i, targetLength);
            int labelState = Lattice.labelPlace(backward, i, targetLength, pairs);
            int labelColumn = Lattice.labelColumnOfPair(description, labels, backward, i, targetLength, blankColumn);
            boolean maySkip = Lattice.maySkip(description, labels, backward, i, targetLength);
            int bordersIn = (2 * group + (first / lanes + 1) % 2) * timeSteps;
            int bordersOut = (2 * group + first / lanes % 2) * timeSteps;
            int t = Lattice.frame(backward, 0, length);
            int frameStep = backward == 0 ? pairs : -pairs;
            int pairStep = exists ? frameStep : 0;
            int ownPlace = timeSteps * batch * pairs + group * lanes + lane;
            int pair = exists ? (b * timeSteps + t) * pairs + blankState : ownPlace;
            int rowStep = (backward == 0 ? batch : -batch) * columns;
            int row = (t * batch + b) * columns;

            // the emissions of this frame and the three after it, as far as there are so many; and of the next four,
            // when frames are written out
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
            long blank4 = 0L;
            long label4 = 0L;
            long blank5 = 0L;
            long label5 = 0L;
            long blank6 = 0L;
            long label6 = 0L;
            long blank7 = 0L;
            long label7 = 0L;
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
                long beforeM = crossingMantissa[half + pairLane];
                int beforeE = crossingExponent[half + pairLane];
                if (keep == 1) {
                    blankStates.set(pair, (float) blankM);
                    labelStates.set(pair, (float) beforeM);
                    stateExponents.set(pair, ExponentPair.of(blankE, beforeE));
                }
                pair += pairStep;
                int sumE = TornadoMath.max(blankE, beforeE);
                int intoE = maySkip ? sumE : blankE;
                int nextE = TornadoMath.max(labelE, intoE);
                long sumM = ExtendedLong.sum(blankM, blankE, beforeM, beforeE, sumE);
                labelM = ExtendedLong.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, nextE);
                labelE = nextE;
                blankM = sumM;
                blankE = sumE;
                // at the frames where those written out would do it, so that the bits are the same
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

            int fetchedFrame = CacheFetch.frame(lane);
            int fetchedColumn = CacheFetch.longOf(lane, Lattice.columns(description, targetLength) - 1);
            int fetched = 0;
            int onItsWay = 0;
            for (int step = oneByOne; step < steps; step += WRITTEN_OUT) {
                if (fetchAhead == 1) {
                    fetched |= onItsWay;
                    int frames = TornadoMath.min(fetchedFrame, last - step);
                    onItsWay = Emission.mantissa(emissions.get(row + frames * rowStep + fetchedColumn));
                }
                row += FRAMES * rowStep;
                ahead = row;
                blankM = ExtendedLong.product(blankM, Emission.mantissa(blank0));
                blankE += Emission.exponent(blank0);
                labelM = ExtendedLong.product(labelM, Emission.mantissa(label0));
                labelE += Emission.exponent(label0);
                crossingMantissa[lane + 1] = labelM;
                crossingExponent[lane + 1] = labelE;
                context.localBarrier();
                long beforeM = crossingMantissa[pairLane];
                int beforeE = crossingExponent[pairLane];
                float keptBlankM = (float) blankM;
                float keptLabelM = (float) beforeM;
                long keptE = ExponentPair.of(blankE, beforeE);
                blank4 = emissions.get(ahead + blankColumn);
                label4 = emissions.get(ahead + labelColumn);
                ahead += rowStep;
                blank5 = emissions.get(ahead + blankColumn);
                label5 = emissions.get(ahead + labelColumn);
                ahead += rowStep;
                blank6 = emissions.get(ahead + blankColumn);
                label6 = emissions.get(ahead + labelColumn);
                ahead += rowStep;
                blank7 = emissions.get(ahead + blankColumn);
                label7 = emissions.get(ahead + labelColumn);
                ahead += rowStep;
                int sumE = TornadoMath.max(blankE, beforeE);
                int intoE = maySkip ? sumE : blankE;
                int nextE = TornadoMath.max(labelE, intoE);
                long sumM = ExtendedLong.sum(blankM, blankE, beforeM, beforeE, sumE);
                labelM = ExtendedLong.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, nextE);
                labelE = nextE;
                blankM = sumM;
                blankE = sumE;

                blankM = ExtendedLong.product(blankM, Emission.mantissa(blank1));
                blankE += Emission.exponent(blank1);
                labelM = ExtendedLong.product(labelM, Emission.mantissa(label1));
                labelE += Emission.exponent(label1);
                crossingMantissa[second + lane + 1] = labelM;
                crossingExponent[second + lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[second + pairLane];
                beforeE = crossingExponent[second + pairLane];
                if (keep == 1) {
                    blankStates.set(pair, keptBlankM);
                    labelStates.set(pair, keptLabelM);
                    stateExponents.set(pair, keptE);
                }
                pair += pairStep;
                keptBlankM = (float) blankM;
                keptLabelM = (float) beforeM;
                keptE = ExponentPair.of(blankE, beforeE);
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                nextE = TornadoMath.max(labelE, intoE);
                sumM = ExtendedLong.sum(blankM, blankE, beforeM, beforeE, sumE);
                labelM = ExtendedLong.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, nextE);
                labelE = nextE;
                blankM = sumM;
                blankE = sumE;

                blankM = ExtendedLong.product(blankM, Emission.mantissa(blank2));
                blankE += Emission.exponent(blank2);
                labelM = ExtendedLong.product(labelM, Emission.mantissa(label2));
                labelE += Emission.exponent(label2);
                crossingMantissa[lane + 1] = labelM;
                crossingExponent[lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[pairLane];
                beforeE = crossingExponent[pairLane];
                if (keep == 1) {
                    blankStates.set(pair, keptBlankM);
                    labelStates.set(pair, keptLabelM);
                    stateExponents.set(pair, keptE);
                }
                pair += pairStep;
                keptBlankM = (float) blankM;
                keptLabelM = (float) beforeM;
                keptE = ExponentPair.of(blankE, beforeE);
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                nextE = TornadoMath.max(labelE, intoE);
                sumM = ExtendedLong.sum(blankM, blankE, beforeM, beforeE, sumE);
                labelM = ExtendedLong.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, nextE);
                labelE = nextE;
                blankM = sumM;
                blankE = sumE;

                blankM = ExtendedLong.product(blankM, Emission.mantissa(blank3));
                blankE += Emission.exponent(blank3);
                labelM = ExtendedLong.product(labelM, Emission.mantissa(label3));
                labelE += Emission.exponent(label3);
                crossingMantissa[second + lane + 1] = labelM;
                crossingExponent[second + lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[second + pairLane];
                beforeE = crossingExponent[second + pairLane];
                if (keep == 1) {
                    blankStates.set(pair, keptBlankM);
                    labelStates.set(pair, keptLabelM);
                    stateExponents.set(pair, keptE);
                }
                pair += pairStep;
                keptBlankM = (float) blankM;
                keptLabelM = (float) beforeM;
                keptE = ExponentPair.of(blankE, beforeE);
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                nextE = TornadoMath.max(labelE, intoE);
                sumM = ExtendedLong.sum(blankM, blankE, beforeM, beforeE, sumE);
                labelM = ExtendedLong.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, nextE);
                labelE = nextE;
                blankM = sumM;
                blankE = sumE;
                if (keep == 1) {
                    blankStates.set(pair, keptBlankM);
                    labelStates.set(pair, keptLabelM);
                    stateExponents.set(pair, keptE);
                }
                pair += pairStep;
                blankE = ExtendedLong.renormalise(blankM, blankE, FRAMES);
                blankM = ExtendedLong.renormalise(blankM, FRAMES);
                labelE = ExtendedLong.renormalise(labelM, labelE, FRAMES);
                labelM = ExtendedLong.renormalise(labelM, FRAMES);

                row += FRAMES * rowStep;
                ahead = step + WRITTEN_OUT < steps ? row : row - FRAMES * rowStep;
                blankM = ExtendedLong.product(blankM, Emission.mantissa(blank4));
                blankE += Emission.exponent(blank4);
                labelM = ExtendedLong.product(labelM, Emission.mantissa(label4));
                labelE += Emission.exponent(label4);
                crossingMantissa[lane + 1] = labelM;
                crossingExponent[lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[pairLane];
                beforeE = crossingExponent[pairLane];
                keptBlankM = (float) blankM;
                keptLabelM = (float) beforeM;
                keptE = ExponentPair.of(blankE, beforeE);
                blank0 = emissions.get(ahead + blankColumn);
                label0 = emissions.get(ahead + labelColumn);
                ahead += rowStep;
                blank1 = emissions.get(ahead + blankColumn);
                label1 = emissions.get(ahead + labelColumn);
                ahead += rowStep;
                blank2 = emissions.get(ahead + blankColumn);
                label2 = emissions.get(ahead + labelColumn);
                ahead += rowStep;
                blank3 = emissions.get(ahead + blankColumn);
                label3 = emissions.get(ahead + labelColumn);
                ahead += rowStep;
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                nextE = TornadoMath.max(labelE, intoE);
                sumM = ExtendedLong.sum(blankM, blankE, beforeM, beforeE, sumE);
                labelM = ExtendedLong.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, nextE);
                labelE = nextE;
                blankM = sumM;
                blankE = sumE;

                blankM = ExtendedLong.product(blankM, Emission.mantissa(blank5));
                blankE += Emission.exponent(blank5);
                labelM = ExtendedLong.product(labelM, Emission.mantissa(label5));
                labelE += Emission.exponent(label5);
                crossingMantissa[second + lane + 1] = labelM;
                crossingExponent[second + lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[second + pairLane];
                beforeE = crossingExponent[second + pairLane];
                if (keep == 1) {
                    blankStates.set(pair, keptBlankM);
                    labelStates.set(pair, keptLabelM);
                    stateExponents.set(pair, keptE);
                }
                pair += pairStep;
                keptBlankM = (float) blankM;
                keptLabelM = (float) beforeM;
                keptE = ExponentPair.of(blankE, beforeE);
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                nextE = TornadoMath.max(labelE, intoE);
                sumM = ExtendedLong.sum(blankM, blankE, beforeM, beforeE, sumE);
                labelM = ExtendedLong.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, nextE);
                labelE = nextE;
                blankM = sumM;
                blankE = sumE;

                blankM = ExtendedLong.product(blankM, Emission.mantissa(blank6));
                blankE += Emission.exponent(blank6);
                labelM = ExtendedLong.product(labelM, Emission.mantissa(label6));
                labelE += Emission.exponent(label6);
                crossingMantissa[lane + 1] = labelM;
                crossingExponent[lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[pairLane];
                beforeE = crossingExponent[pairLane];
                if (keep == 1) {
                    blankStates.set(pair, keptBlankM);
                    labelStates.set(pair, keptLabelM);
                    stateExponents.set(pair, keptE);
                }
                pair += pairStep;
                keptBlankM = (float) blankM;
                keptLabelM = (float) beforeM;
                keptE = ExponentPair.of(blankE, beforeE);
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                nextE = TornadoMath.max(labelE, intoE);
                sumM = ExtendedLong.sum(blankM, blankE, beforeM, beforeE, sumE);
                labelM = ExtendedLong.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, nextE);
                labelE = nextE;
                blankM = sumM;
                blankE = sumE;

                blankM = ExtendedLong.product(blankM, Emission.mantissa(blank7));
                blankE += Emission.exponent(blank7);
                labelM = ExtendedLong.product(labelM, Emission.mantissa(label7));
                labelE += Emission.exponent(label7);
                crossingMantissa[second + lane + 1] = labelM;
                crossingExponent[second + lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[second + pairLane];
                beforeE = crossingExponent[second + pairLane];
                if (keep == 1) {
                    blankStates.set(pair, keptBlankM);
                    labelStates.set(pair, keptLabelM);
                    stateExponents.set(pair, keptE);
                }
                pair += pairStep;
                keptBlankM = (float) blankM;
                keptLabelM = (float) beforeM;
                keptE = ExponentPair.of(blankE, beforeE);
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                nextE = TornadoMath.max(labelE, intoE);
                sumM = ExtendedLong.sum(blankM, blankE, beforeM, beforeE, sumE);
                labelM = ExtendedLong.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, nextE);
                labelE = nextE;
                blankM = sumM;
                blankE = sumE;
                if (keep == 1) {
                    blankStates.set(pair, keptBlankM);
                    labelStates.set(pair, keptLabelM);
                    stateExponents.set(pair, keptE);
                }
                pair += pairStep;
                blankE = ExtendedLong.renormalise(blankM, blankE, FRAMES);
                blankM = ExtendedLong.renormalise(blankM, FRAMES);
                labelE = ExtendedLong.renormalise(labelM, labelE, FRAMES);
                labelM = ExtendedLong.renormalise(labelM, FRAMES);
            }

            if (fetchAhead == 1 && CacheFetch.isNeverSo(fetched, zero)) {
                exists = false;
            }
            if (exists) {
                middleMantissa.set(middleBase + blankState, blankM);
                middleExponent.set(middleBase + blankState, blankE);
                middleMantissa.set(middleBase + labelState, labelM);
                middleExponent.set(middleBase + labelState, labelE);
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
