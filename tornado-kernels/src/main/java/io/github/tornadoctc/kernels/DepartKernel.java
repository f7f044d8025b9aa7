package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * Where {@link ApproachKernel} has left α and β: first their meeting, which gives the likelihood, then the second half of
 * both recursions, each from the middle frame through the other's half. At every frame a state, before the frame's
 * emission, is multiplied with what the other direction has stored there, after it, and the product, the state's posterior
 * up to a factor of the frame, takes that one's place.
 *
 * <p>Groups, work-items, blocks and borders are those of {@link ApproachKernel}, and so is the step of a frame. It is
 * written out in both: a method that a kernel calls returns one number, and takes no local memory.
 *
 * <p>Both groups of an utterance find its likelihood, since both need its exponent, and one writes it. The shares of its
 * pairs are added up as integers, so it does not matter to how many lanes they are shared out: that depends on the longest
 * target of the batch, and the bits of a result must not.
 */
final class DepartKernel {
    /** The exponent of a likelihood of 0: no path of positive probability collapses to the target. */
    static final int INFEASIBLE = ExtendedFloat.EMPTY;
    /** The exponent where a row of the utterance has {@link RowKernel#NO_SUM}; all others are larger. */
    static final int NON_FINITE = ExtendedFloat.EMPTY - 1;

    /**
     * Posteriors are written relative to 2 to the power of this and the exponent of the largest pair's share in the
     * likelihood. So many binary places more take the likelihood itself, the sum of up to 2²⁰ shares, and with it every
     * product of an α and a β. What {@link ApproachKernel} has stored of one of them is {@link ExtendedLong#ONE} times too
     * large, or a few bits less, which a float has room for.
     */
    private static final int HEADROOM = 24;

    private DepartKernel() {}

    /**
     * Equation 14 of Graves et al. 2006 at the middle frame: the likelihood. Then equations 6 and 10 from the middle frame
     * on, and the products α·β of equation 14 at every frame.
     *
     * @param rowInverseSum {@code [T][B]}, from {@link RowKernel}
     * @param rowNormaliser {@code [T][B]}, from {@link RowKernel}
     * @param emissions {@code [T][B][columns]}, from {@link RowKernel}
     * @param blankStates {@code [B][T][pairs]} in: what {@link ApproachKernel} has kept of blanks; out: their posteriors up
     *     to a factor of the frame
     * @param labelStates the same of the labels, in the places of {@link Lattice#labelPair}
     * @param stateExponents the exponents of what was kept, as {@link ExponentPair}s; posteriors have none
     * @param middleMantissa {@code [B][2][2·pairs]}: α and β before the middle frame's emission
     * @param middleExponent the exponents of the same
     * @param borderMantissa {@code [2B][2][T]} between the blocks of a target; not used, and of any length, if every
     *     target has a lane for each pair
     * @param borderExponent the exponents of the same
     * @param likelihoods {@code [B][4]} out, see {@link Likelihoods}; the exponent may be {@link #INFEASIBLE} or
     *     {@link #NON_FINITE}
     * @param lanes work-items per group; a constant of the kernel
     * @param blocks 1 if a target may have more pairs than the group has work-items, else 0; a constant of the kernel
     * @param departs 1 for two groups to an utterance, which go on through its frames; 0 for one, and for the likelihood
     *     alone; a constant of the kernel
     * @param fetchAhead 1 to have what is loaded fetched into a cache before, see {@link CacheFetch}, else 0; a constant of
     *     the kernel
     */
    static void depart(
            KernelContext context,
            IntArray description,
            FloatArray rowInverseSum,
            FloatArray rowNormaliser,
            LongArray emissions,
            FloatArray blankStates,
            FloatArray labelStates,
            LongArray stateExponents,
            LongArray middleMantissa,
            IntArray middleExponent,
            FloatArray borderMantissa,
            IntArray borderExponent,
            LongArray likelihoods,
            int lanes,
            int blocks,
            int departs,
            int fetchAhead) {
        int timeSteps = description.get(Header.TIME_STEPS);
        int batch = description.get(Header.BATCH);
        int pairs = description.get(Header.PAIRS);
        int columns = description.get(Header.COLUMNS);
        int zero = description.get(Header.ZERO);
        int group = context.groupIdx;
        int lane = context.localIdx;
        int b = departs == 1 ? group / 2 : group;
        int backward = departs == 1 ? group % 2 : 0;
        int length = description.get(description.get(Header.INPUT_LENGTHS) + b);
        // loaded whatever the length, so as not to wait for that
        int labelsOfTarget = description.get(description.get(Header.TARGET_LENGTHS) + b);
        int targetLength = length > 0 ? labelsOfTarget : -1;
        int blankColumn = Lattice.blankColumn(description, labelsOfTarget);
        int labels = description.get(Header.LABELS) + b * (pairs - 1);

        float[] power = context.allocateFloatLocalArray(ExtendedFloat.POWERS);
        if (departs == 1) {
            for (int k = lane; k < ExtendedFloat.POWERS; k += lanes) {
                power[k] = ExtendedFloat.powerOfHalf(k);
            }
        }

        // the meeting: first what is largest, of the normalisers and of the pairs' shares in the likelihood
        int invalidRows = 0;
        float largestNormaliser = 0f;
        for (int frame = lane; frame < length; frame += lanes) {
            if (rowInverseSum.get(frame * batch + b) <= RowKernel.NO_SUM) {
                invalidRows = 1;
            }
            largestNormaliser = Normaliser.larger(largestNormaliser, rowNormaliser.get(frame * batch + b));
        }
        int alpha = 4 * b * pairs;
        int beta = alpha + 2 * pairs;
        int middleRow = (Lattice.middle(length) * batch + b) * columns;
        long share = 0L;
        int shareExponent = INFEASIBLE;
        int binary = 0;
        // the exponent that the share has with a mantissa in [1, 2)
        int top = INFEASIBLE;
        int largest = INFEASIBLE;
        for (int i = lane; i <= targetLength; i += lanes) {
            share = product(middleMantissa, emissions, alpha + i, beta + i, middleRow + blankColumn);
            shareExponent = sum(middleExponent, emissions, alpha + i, beta + i, middleRow + blankColumn);
            if (i < targetLength) {
                int label = pairs + i;
                int emission = middleRow + Lattice.labelColumn(description, labels, i);
                long ofLabel = product(middleMantissa, emissions, alpha + label, beta + label, emission);
                int exponent = sum(middleExponent, emissions, alpha + label, beta + label, emission);
                int both = TornadoMath.max(shareExponent, exponent);
                share = ExtendedLong.sum(share, shareExponent, ofLabel, exponent, both);
                shareExponent = both;
            }
            binary = ExtendedLong.exponentOf(share);
            top = share > 0L ? shareExponent + binary - ExtendedLong.PRODUCT_BITS : INFEASIBLE;
            largest = TornadoMath.max(largest, top);
        }
        int[] exponents = context.allocateIntLocalArray(lanes);
        int[] invalid = context.allocateIntLocalArray(lanes);
        float[] normalisers = context.allocateFloatLocalArray(lanes);
        exponents[lane] = largest;
        invalid[lane] = invalidRows;
        normalisers[lane] = largestNormaliser;
        context.localBarrier();
        // In two steps, in each of which a work-item reads several values: halving takes a barrier for each half.
        int few = Lattice.few(lanes);
        if (lane < few) {
            for (int k = lane + few; k < lanes; k += few) {
                largest = TornadoMath.max(largest, exponents[k]);
                invalidRows = TornadoMath.max(invalidRows, invalid[k]);
                largestNormaliser = TornadoMath.max(largestNormaliser, normalisers[k]);
            }
            exponents[lane] = largest;
            invalid[lane] = invalidRows;
            normalisers[lane] = largestNormaliser;
        }
        context.localBarrier();
        for (int k = 0; k < few; k++) {
            largest = TornadoMath.max(largest, exponents[k]);
            invalidRows = TornadoMath.max(invalidRows, invalid[k]);
            largestNormaliser = TornadoMath.max(largestNormaliser, normalisers[k]);
        }

        // then the sums of both, relative to that
        long[] shares = context.allocateLongLocalArray(lanes);
        long[] units = context.allocateLongLocalArray(lanes);
        long sharesOfLane = ExtendedLong.aligned(share, binary, Likelihoods.MANTISSA_BITS - (largest - top));
        if (blocks == 1) {
            // all pairs of the lane but its last, of which this still is at hand
            for (int i = lane; i <= targetLength - lanes; i += lanes) {
                share = product(middleMantissa, emissions, alpha + i, beta + i, middleRow + blankColumn);
                shareExponent = sum(middleExponent, emissions, alpha + i, beta + i, middleRow + blankColumn);
                if (i < targetLength) {
                    int label = pairs + i;
                    int emission = middleRow + Lattice.labelColumn(description, labels, i);
                    long ofLabel = product(middleMantissa, emissions, alpha + label, beta + label, emission);
                    int exponent = sum(middleExponent, emissions, alpha + label, beta + label, emission);
                    int both = TornadoMath.max(shareExponent, exponent);
                    share = ExtendedLong.sum(share, shareExponent, ofLabel, exponent, both);
                    shareExponent = both;
                }
                binary = ExtendedLong.exponentOf(share);
                top = share > 0L ? shareExponent + binary - ExtendedLong.PRODUCT_BITS : INFEASIBLE;
                sharesOfLane += ExtendedLong.aligned(share, binary, Likelihoods.MANTISSA_BITS - (largest - top));
            }
        }
        shares[lane] = sharesOfLane;
        int scale = Normaliser.scale(largestNormaliser, length);
        float scaling = Normaliser.powerOfTwo(scale);
        long unitsOfLane = 0L;
        for (int frame = lane; frame < length; frame += lanes) {
            unitsOfLane += Normaliser.units(rowNormaliser.get(frame * batch + b), scaling);
        }
        units[lane] = unitsOfLane;
        context.localBarrier();
        if (lane < few) {
            for (int k = lane + few; k < lanes; k += few) {
                sharesOfLane += shares[k];
                unitsOfLane += units[k];
            }
            shares[lane] = sharesOfLane;
            units[lane] = unitsOfLane;
        }
        context.localBarrier();
        if (lane == 0 && backward == 0) {
            for (int k = 1; k < few; k++) {
                sharesOfLane += shares[k];
                unitsOfLane += units[k];
            }
            likelihoods.set(Likelihoods.mantissa(b), sharesOfLane);
            likelihoods.set(Likelihoods.exponent(b), invalidRows == 1 ? NON_FINITE : largest);
            likelihoods.set(Likelihoods.normaliser(b), unitsOfLane);
            likelihoods.set(Likelihoods.scale(b), scale + Normaliser.FRACTION_BITS);
        }

        // of each pair the label, one place up: in place 0, where the first pair looks, there is nothing
        float[] crossingMantissa = context.allocateFloatLocalArray(2 * (lanes + 1));
        int[] crossingExponent = context.allocateIntLocalArray(2 * (lanes + 1));
        int second = lanes + 1;
        if (lane == 0) {
            crossingMantissa[0] = 0f;
            crossingExponent[0] = ExtendedFloat.EMPTY;
            crossingMantissa[second] = 0f;
            crossingExponent[second] = ExtendedFloat.EMPTY;
        }

        // without a likelihood every product is 0, whatever its exponent
        int above = largest > INFEASIBLE ? largest + HEADROOM : 0;
        int begin = Lattice.stepsToMiddle(backward, length);
        int steps = departs == 1 ? length - begin : 0;
        // The first frame is never among those written out: its products are α's, and made of what is at the middle.
        int oneByOne = blocks == 1
                ? steps
                : steps - TornadoMath.max(steps - 1, 0) / ApproachKernel.WRITTEN_OUT * ApproachKernel.WRITTEN_OUT;
        int middleBase = group * 2 * pairs;
        int blocksEnd = blocks == 1 ? targetLength + 1 : departs;
        for (int first = 0; first < blocksEnd; first += lanes) {
            int i = first + lane;
            boolean exists = i <= targetLength;
            int labelState = Lattice.labelPlace(backward, i, targetLength, pairs);
            int blankState = Lattice.blankPlace(backward, i, targetLength);
            int labelColumn = Lattice.labelColumnOfPair(description, labels, backward, i, targetLength, blankColumn);
            // Keeps what the last pair has in place of a label as low as a 0, which no product can bring above. It is
            // all that ever comes to the work-items past the target. They have nothing, and load and store it in places
            // of their own.
            int noLabel = i < targetLength ? 0 : ExtendedFloat.EMPTY;
            boolean maySkip = Lattice.maySkip(description, labels, backward, i, targetLength);
            int bordersIn = (2 * group + (first / lanes + 1) % 2) * timeSteps;
            int bordersOut = (2 * group + first / lanes % 2) * timeSteps;
            int t = Lattice.frame(backward, begin, length);
            int frameStep = backward == 0 ? pairs : -pairs;
            int pairStep = exists ? frameStep : 0;
            int ownPlace = timeSteps * batch * pairs + group * lanes + lane;
            int pairOfFirst = exists ? (b * timeSteps + t) * pairs + blankState : ownPlace;
            if (departs == 1 && !exists) {
                blankStates.set(ownPlace, 0f);
                labelStates.set(ownPlace, 0f);
                stateExponents.set(ownPlace, ExponentPair.of(ExtendedFloat.EMPTY, ExtendedFloat.EMPTY));
            }
            int pair = pairOfFirst;
            int rowStep = (backward == 0 ? batch : -batch) * columns;
            int row = (t * batch + b) * columns;

            // emissions, and what the other direction has stored, of this frame and the three after it; and of the next
            // four, when frames are written out
            int last = steps - 1;
            int ahead = row;
            int pairAhead = pair;
            long blank0 = 0L;
            long label0 = 0L;
            float otherBlankM0 = 0f;
            float otherLabelM0 = 0f;
            long otherE0 = 0L;
            long blank1 = 0L;
            long label1 = 0L;
            float otherBlankM1 = 0f;
            float otherLabelM1 = 0f;
            long otherE1 = 0L;
            long blank2 = 0L;
            long label2 = 0L;
            float otherBlankM2 = 0f;
            float otherLabelM2 = 0f;
            long otherE2 = 0L;
            long blank3 = 0L;
            long label3 = 0L;
            float otherBlankM3 = 0f;
            float otherLabelM3 = 0f;
            long otherE3 = 0L;
            long blank4 = 0L;
            long label4 = 0L;
            float otherBlankM4 = 0f;
            float otherLabelM4 = 0f;
            long otherE4 = 0L;
            long blank5 = 0L;
            long label5 = 0L;
            float otherBlankM5 = 0f;
            float otherLabelM5 = 0f;
            long otherE5 = 0L;
            long blank6 = 0L;
            long label6 = 0L;
            float otherBlankM6 = 0f;
            float otherLabelM6 = 0f;
            long otherE6 = 0L;
            long blank7 = 0L;
            long label7 = 0L;
            float otherBlankM7 = 0f;
            float otherLabelM7 = 0f;
            long otherE7 = 0L;
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
            // the first frame's are at the middle
            if (steps > 1) {
                pairAhead = pair + pairStep;
                otherBlankM1 = blankStates.get(pairAhead);
                otherLabelM1 = labelStates.get(pairAhead);
                otherE1 = stateExponents.get(pairAhead);
                pairAhead = pair + TornadoMath.min(2, last) * pairStep;
                otherBlankM2 = blankStates.get(pairAhead);
                otherLabelM2 = labelStates.get(pairAhead);
                otherE2 = stateExponents.get(pairAhead);
                pairAhead = pair + TornadoMath.min(3, last) * pairStep;
                otherBlankM3 = blankStates.get(pairAhead);
                otherLabelM3 = labelStates.get(pairAhead);
                otherE3 = stateExponents.get(pairAhead);
            }

            float blankM = exists ? ExtendedLong.toFloat(middleMantissa.get(middleBase + blankState)) : 0f;
            int blankE = exists ? middleExponent.get(middleBase + blankState) : ExtendedFloat.EMPTY;
            float labelM = exists ? ExtendedLong.toFloat(middleMantissa.get(middleBase + labelState)) : 0f;
            int labelE = exists ? middleExponent.get(middleBase + labelState) + noLabel : ExtendedFloat.EMPTY;
            // where α starts β has come to as well, but for the emission; β leaves the products of that frame to α
            if (backward == 0 && exists) {
                int blankOfBeta = middleBase + 2 * pairs + blankState;
                int labelOfBeta = middleBase + 2 * pairs + labelState;
                otherBlankM0 = ExtendedLong.toFloat(middleMantissa.get(blankOfBeta)) * Emission.floatMantissa(blank0);
                otherLabelM0 = ExtendedLong.toFloat(middleMantissa.get(labelOfBeta)) * Emission.floatMantissa(label0);
                otherE0 = ExponentPair.of(
                        middleExponent.get(blankOfBeta) + Emission.exponent(blank0),
                        middleExponent.get(labelOfBeta) + Emission.exponent(label0));
            }

            int buffer = oneByOne % 2 == 0 ? 0 : second;
            for (int step = 0; step < oneByOne; step++) {
                if (step > 0 || backward == 0) {
                    float blankScale = power[ExtendedFloat.shift(above, blankE + ExponentPair.blank(otherE0))];
                    float labelScale = power[ExtendedFloat.shift(above, labelE + ExponentPair.label(otherE0))];
                    blankStates.set(pair, blankM * otherBlankM0 * blankScale);
                    labelStates.set(pair, labelM * otherLabelM0 * labelScale);
                }
                pair += pairStep;
                blankM *= Emission.floatMantissa(blank0);
                blankE += Emission.exponent(blank0);
                labelM *= Emission.floatMantissa(label0);
                labelE += Emission.exponent(label0) + noLabel;
                crossingMantissa[buffer + lane + 1] = labelM;
                crossingExponent[buffer + lane + 1] = labelE;
                if (blocks == 1) {
                    if (lane == 0 && first > 0) {
                        crossingMantissa[buffer] = borderMantissa.get(bordersIn + step);
                        crossingExponent[buffer] = borderExponent.get(bordersIn + step);
                    }
                    if (lane == lanes - 1 && i < targetLength) {
                        borderMantissa.set(bordersOut + step, labelM);
                        borderExponent.set(bordersOut + step, labelE);
                    }
                }
                context.localBarrier();
                float beforeM = crossingMantissa[buffer + lane];
                int beforeE = crossingExponent[buffer + lane];
                int sumE = TornadoMath.max(blankE, beforeE);
                int intoE = maySkip ? sumE : blankE;
                float powerOfSum = power[ExtendedFloat.distance(blankE, beforeE)];
                float powerOfLabel = power[ExtendedFloat.distance(labelE, intoE)];
                float sumM = ExtendedFloat.sum(blankM, blankE, beforeM, beforeE, powerOfSum);
                labelM = ExtendedFloat.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, powerOfLabel);
                labelE = TornadoMath.max(labelE, intoE);
                blankM = sumM;
                blankE = sumE;
                blankE = ExtendedFloat.renormalise(blankM, blankE);
                blankM = ExtendedFloat.renormalise(blankM);
                labelE = ExtendedFloat.renormalise(labelM, labelE);
                labelM = ExtendedFloat.renormalise(labelM);
                buffer = second - buffer;

                blank0 = blank1;
                label0 = label1;
                otherBlankM0 = otherBlankM1;
                otherLabelM0 = otherLabelM1;
                otherE0 = otherE1;
                blank1 = blank2;
                label1 = label2;
                otherBlankM1 = otherBlankM2;
                otherLabelM1 = otherLabelM2;
                otherE1 = otherE2;
                blank2 = blank3;
                label2 = label3;
                otherBlankM2 = otherBlankM3;
                otherLabelM2 = otherLabelM3;
                otherE2 = otherE3;
                int on = TornadoMath.min(step + ApproachKernel.FRAMES, last);
                ahead = row + on * rowStep;
                blank3 = emissions.get(ahead + blankColumn);
                label3 = emissions.get(ahead + labelColumn);
                if (steps > 1) {
                    pairAhead = pairOfFirst + on * pairStep;
                    otherBlankM3 = blankStates.get(pairAhead);
                    otherLabelM3 = labelStates.get(pairAhead);
                    otherE3 = stateExponents.get(pairAhead);
                }
            }
            row += oneByOne * rowStep;

            int fetchedFrame = CacheFetch.frame(lane);
            int fetchedColumn = CacheFetch.longOf(lane, Lattice.columns(description, targetLength) - 1);
            int fetchedFloat = CacheFetch.floatOf(lane, targetLength);
            int fetchedLong = CacheFetch.longOf(lane, targetLength);
            int states = (b * timeSteps + t) * pairs + oneByOne * frameStep;
            int fetched = 0;
            int emissionOnItsWay = 0;
            int exponentOnItsWay = 0;
            float fetchedStates = 0f;
            float blankOnItsWay = 0f;
            float labelOnItsWay = 0f;
            for (int step = oneByOne; step < steps; step += ApproachKernel.WRITTEN_OUT) {
                if (fetchAhead == 1) {
                    fetched |= emissionOnItsWay | exponentOnItsWay;
                    fetchedStates += blankOnItsWay + labelOnItsWay;
                    int frames = TornadoMath.min(fetchedFrame, last - step);
                    emissionOnItsWay = Emission.mantissa(emissions.get(row + frames * rowStep + fetchedColumn));
                    int state = states + frames * frameStep;
                    blankOnItsWay = blankStates.get(state + fetchedFloat);
                    labelOnItsWay = labelStates.get(state + fetchedFloat);
                    exponentOnItsWay = ExponentPair.blank(stateExponents.get(state + fetchedLong));
                    states += ApproachKernel.WRITTEN_OUT * frameStep;
                    // before other work-items overwrite them, two rounds from now
                    context.globalBarrier();
                }
                row += ApproachKernel.FRAMES * rowStep;
                ahead = row;
                pairAhead = pair + ApproachKernel.FRAMES * pairStep;
                float blankScale = power[ExtendedFloat.shift(above, blankE + ExponentPair.blank(otherE0))];
                float labelScale = power[ExtendedFloat.shift(above, labelE + ExponentPair.label(otherE0))];
                float blankPosterior = blankM * otherBlankM0 * blankScale;
                float labelPosterior = labelM * otherLabelM0 * labelScale;
                blankM *= Emission.floatMantissa(blank0);
                blankE += Emission.exponent(blank0);
                labelM *= Emission.floatMantissa(label0);
                labelE += Emission.exponent(label0) + noLabel;
                crossingMantissa[lane + 1] = labelM;
                crossingExponent[lane + 1] = labelE;
                context.localBarrier();
                float beforeM = crossingMantissa[lane];
                int beforeE = crossingExponent[lane];
                blankStates.set(pair, blankPosterior);
                labelStates.set(pair, labelPosterior);
                pair += pairStep;
                blank4 = emissions.get(ahead + blankColumn);
                label4 = emissions.get(ahead + labelColumn);
                ahead += rowStep;
                otherBlankM4 = blankStates.get(pairAhead);
                otherLabelM4 = labelStates.get(pairAhead);
                otherE4 = stateExponents.get(pairAhead);
                pairAhead += pairStep;
                blank5 = emissions.get(ahead + blankColumn);
                label5 = emissions.get(ahead + labelColumn);
                ahead += rowStep;
                otherBlankM5 = blankStates.get(pairAhead);
                otherLabelM5 = labelStates.get(pairAhead);
                otherE5 = stateExponents.get(pairAhead);
                pairAhead += pairStep;
                int sumE = TornadoMath.max(blankE, beforeE);
                int intoE = maySkip ? sumE : blankE;
                float powerOfSum = power[ExtendedFloat.distance(blankE, beforeE)];
                float powerOfLabel = power[ExtendedFloat.distance(labelE, intoE)];
                float sumM = ExtendedFloat.sum(blankM, blankE, beforeM, beforeE, powerOfSum);
                labelM = ExtendedFloat.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, powerOfLabel);
                labelE = TornadoMath.max(labelE, intoE);
                blankM = sumM;
                blankE = sumE;

                blankScale = power[ExtendedFloat.shift(above, blankE + ExponentPair.blank(otherE1))];
                labelScale = power[ExtendedFloat.shift(above, labelE + ExponentPair.label(otherE1))];
                blankPosterior = blankM * otherBlankM1 * blankScale;
                labelPosterior = labelM * otherLabelM1 * labelScale;
                blankM *= Emission.floatMantissa(blank1);
                blankE += Emission.exponent(blank1);
                labelM *= Emission.floatMantissa(label1);
                labelE += Emission.exponent(label1) + noLabel;
                crossingMantissa[second + lane + 1] = labelM;
                crossingExponent[second + lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[second + lane];
                beforeE = crossingExponent[second + lane];
                blankStates.set(pair, blankPosterior);
                labelStates.set(pair, labelPosterior);
                pair += pairStep;
                blank6 = emissions.get(ahead + blankColumn);
                label6 = emissions.get(ahead + labelColumn);
                ahead += rowStep;
                otherBlankM6 = blankStates.get(pairAhead);
                otherLabelM6 = labelStates.get(pairAhead);
                otherE6 = stateExponents.get(pairAhead);
                pairAhead += pairStep;
                blank7 = emissions.get(ahead + blankColumn);
                label7 = emissions.get(ahead + labelColumn);
                ahead += rowStep;
                otherBlankM7 = blankStates.get(pairAhead);
                otherLabelM7 = labelStates.get(pairAhead);
                otherE7 = stateExponents.get(pairAhead);
                pairAhead += pairStep;
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                powerOfSum = power[ExtendedFloat.distance(blankE, beforeE)];
                powerOfLabel = power[ExtendedFloat.distance(labelE, intoE)];
                sumM = ExtendedFloat.sum(blankM, blankE, beforeM, beforeE, powerOfSum);
                labelM = ExtendedFloat.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, powerOfLabel);
                labelE = TornadoMath.max(labelE, intoE);
                blankM = sumM;
                blankE = sumE;

                blankScale = power[ExtendedFloat.shift(above, blankE + ExponentPair.blank(otherE2))];
                labelScale = power[ExtendedFloat.shift(above, labelE + ExponentPair.label(otherE2))];
                blankPosterior = blankM * otherBlankM2 * blankScale;
                labelPosterior = labelM * otherLabelM2 * labelScale;
                blankM *= Emission.floatMantissa(blank2);
                blankE += Emission.exponent(blank2);
                labelM *= Emission.floatMantissa(label2);
                labelE += Emission.exponent(label2) + noLabel;
                crossingMantissa[lane + 1] = labelM;
                crossingExponent[lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[lane];
                beforeE = crossingExponent[lane];
                blankStates.set(pair, blankPosterior);
                labelStates.set(pair, labelPosterior);
                pair += pairStep;
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                powerOfSum = power[ExtendedFloat.distance(blankE, beforeE)];
                powerOfLabel = power[ExtendedFloat.distance(labelE, intoE)];
                sumM = ExtendedFloat.sum(blankM, blankE, beforeM, beforeE, powerOfSum);
                labelM = ExtendedFloat.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, powerOfLabel);
                labelE = TornadoMath.max(labelE, intoE);
                blankM = sumM;
                blankE = sumE;

                blankScale = power[ExtendedFloat.shift(above, blankE + ExponentPair.blank(otherE3))];
                labelScale = power[ExtendedFloat.shift(above, labelE + ExponentPair.label(otherE3))];
                blankPosterior = blankM * otherBlankM3 * blankScale;
                labelPosterior = labelM * otherLabelM3 * labelScale;
                blankM *= Emission.floatMantissa(blank3);
                blankE += Emission.exponent(blank3);
                labelM *= Emission.floatMantissa(label3);
                labelE += Emission.exponent(label3) + noLabel;
                crossingMantissa[second + lane + 1] = labelM;
                crossingExponent[second + lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[second + lane];
                beforeE = crossingExponent[second + lane];
                blankStates.set(pair, blankPosterior);
                labelStates.set(pair, labelPosterior);
                pair += pairStep;
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                powerOfSum = power[ExtendedFloat.distance(blankE, beforeE)];
                powerOfLabel = power[ExtendedFloat.distance(labelE, intoE)];
                sumM = ExtendedFloat.sum(blankM, blankE, beforeM, beforeE, powerOfSum);
                labelM = ExtendedFloat.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, powerOfLabel);
                labelE = TornadoMath.max(labelE, intoE);
                blankM = sumM;
                blankE = sumE;
                blankE = ExtendedFloat.renormalise(blankM, blankE);
                blankM = ExtendedFloat.renormalise(blankM);
                labelE = ExtendedFloat.renormalise(labelM, labelE);
                labelM = ExtendedFloat.renormalise(labelM);

                boolean more = step + ApproachKernel.WRITTEN_OUT < steps;
                row += ApproachKernel.FRAMES * rowStep;
                ahead = more ? row : row - ApproachKernel.FRAMES * rowStep;
                pairAhead = more ? pair + ApproachKernel.FRAMES * pairStep : pair;
                blankScale = power[ExtendedFloat.shift(above, blankE + ExponentPair.blank(otherE4))];
                labelScale = power[ExtendedFloat.shift(above, labelE + ExponentPair.label(otherE4))];
                blankPosterior = blankM * otherBlankM4 * blankScale;
                labelPosterior = labelM * otherLabelM4 * labelScale;
                blankM *= Emission.floatMantissa(blank4);
                blankE += Emission.exponent(blank4);
                labelM *= Emission.floatMantissa(label4);
                labelE += Emission.exponent(label4) + noLabel;
                crossingMantissa[lane + 1] = labelM;
                crossingExponent[lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[lane];
                beforeE = crossingExponent[lane];
                blankStates.set(pair, blankPosterior);
                labelStates.set(pair, labelPosterior);
                pair += pairStep;
                blank0 = emissions.get(ahead + blankColumn);
                label0 = emissions.get(ahead + labelColumn);
                ahead += rowStep;
                otherBlankM0 = blankStates.get(pairAhead);
                otherLabelM0 = labelStates.get(pairAhead);
                otherE0 = stateExponents.get(pairAhead);
                pairAhead += pairStep;
                blank1 = emissions.get(ahead + blankColumn);
                label1 = emissions.get(ahead + labelColumn);
                ahead += rowStep;
                otherBlankM1 = blankStates.get(pairAhead);
                otherLabelM1 = labelStates.get(pairAhead);
                otherE1 = stateExponents.get(pairAhead);
                pairAhead += pairStep;
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                powerOfSum = power[ExtendedFloat.distance(blankE, beforeE)];
                powerOfLabel = power[ExtendedFloat.distance(labelE, intoE)];
                sumM = ExtendedFloat.sum(blankM, blankE, beforeM, beforeE, powerOfSum);
                labelM = ExtendedFloat.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, powerOfLabel);
                labelE = TornadoMath.max(labelE, intoE);
                blankM = sumM;
                blankE = sumE;

                blankScale = power[ExtendedFloat.shift(above, blankE + ExponentPair.blank(otherE5))];
                labelScale = power[ExtendedFloat.shift(above, labelE + ExponentPair.label(otherE5))];
                blankPosterior = blankM * otherBlankM5 * blankScale;
                labelPosterior = labelM * otherLabelM5 * labelScale;
                blankM *= Emission.floatMantissa(blank5);
                blankE += Emission.exponent(blank5);
                labelM *= Emission.floatMantissa(label5);
                labelE += Emission.exponent(label5) + noLabel;
                crossingMantissa[second + lane + 1] = labelM;
                crossingExponent[second + lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[second + lane];
                beforeE = crossingExponent[second + lane];
                blankStates.set(pair, blankPosterior);
                labelStates.set(pair, labelPosterior);
                pair += pairStep;
                blank2 = emissions.get(ahead + blankColumn);
                label2 = emissions.get(ahead + labelColumn);
                ahead += rowStep;
                otherBlankM2 = blankStates.get(pairAhead);
                otherLabelM2 = labelStates.get(pairAhead);
                otherE2 = stateExponents.get(pairAhead);
                pairAhead += pairStep;
                blank3 = emissions.get(ahead + blankColumn);
                label3 = emissions.get(ahead + labelColumn);
                ahead += rowStep;
                otherBlankM3 = blankStates.get(pairAhead);
                otherLabelM3 = labelStates.get(pairAhead);
                otherE3 = stateExponents.get(pairAhead);
                pairAhead += pairStep;
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                powerOfSum = power[ExtendedFloat.distance(blankE, beforeE)];
                powerOfLabel = power[ExtendedFloat.distance(labelE, intoE)];
                sumM = ExtendedFloat.sum(blankM, blankE, beforeM, beforeE, powerOfSum);
                labelM = ExtendedFloat.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, powerOfLabel);
                labelE = TornadoMath.max(labelE, intoE);
                blankM = sumM;
                blankE = sumE;

                blankScale = power[ExtendedFloat.shift(above, blankE + ExponentPair.blank(otherE6))];
                labelScale = power[ExtendedFloat.shift(above, labelE + ExponentPair.label(otherE6))];
                blankPosterior = blankM * otherBlankM6 * blankScale;
                labelPosterior = labelM * otherLabelM6 * labelScale;
                blankM *= Emission.floatMantissa(blank6);
                blankE += Emission.exponent(blank6);
                labelM *= Emission.floatMantissa(label6);
                labelE += Emission.exponent(label6) + noLabel;
                crossingMantissa[lane + 1] = labelM;
                crossingExponent[lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[lane];
                beforeE = crossingExponent[lane];
                blankStates.set(pair, blankPosterior);
                labelStates.set(pair, labelPosterior);
                pair += pairStep;
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                powerOfSum = power[ExtendedFloat.distance(blankE, beforeE)];
                powerOfLabel = power[ExtendedFloat.distance(labelE, intoE)];
                sumM = ExtendedFloat.sum(blankM, blankE, beforeM, beforeE, powerOfSum);
                labelM = ExtendedFloat.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, powerOfLabel);
                labelE = TornadoMath.max(labelE, intoE);
                blankM = sumM;
                blankE = sumE;

                blankScale = power[ExtendedFloat.shift(above, blankE + ExponentPair.blank(otherE7))];
                labelScale = power[ExtendedFloat.shift(above, labelE + ExponentPair.label(otherE7))];
                blankPosterior = blankM * otherBlankM7 * blankScale;
                labelPosterior = labelM * otherLabelM7 * labelScale;
                blankM *= Emission.floatMantissa(blank7);
                blankE += Emission.exponent(blank7);
                labelM *= Emission.floatMantissa(label7);
                labelE += Emission.exponent(label7) + noLabel;
                crossingMantissa[second + lane + 1] = labelM;
                crossingExponent[second + lane + 1] = labelE;
                context.localBarrier();
                beforeM = crossingMantissa[second + lane];
                beforeE = crossingExponent[second + lane];
                blankStates.set(pair, blankPosterior);
                labelStates.set(pair, labelPosterior);
                pair += pairStep;
                sumE = TornadoMath.max(blankE, beforeE);
                intoE = maySkip ? sumE : blankE;
                powerOfSum = power[ExtendedFloat.distance(blankE, beforeE)];
                powerOfLabel = power[ExtendedFloat.distance(labelE, intoE)];
                sumM = ExtendedFloat.sum(blankM, blankE, beforeM, beforeE, powerOfSum);
                labelM = ExtendedFloat.sum(labelM, labelE, maySkip ? sumM : blankM, intoE, powerOfLabel);
                labelE = TornadoMath.max(labelE, intoE);
                blankM = sumM;
                blankE = sumE;
                blankE = ExtendedFloat.renormalise(blankM, blankE);
                blankM = ExtendedFloat.renormalise(blankM);
                labelE = ExtendedFloat.renormalise(labelM, labelE);
                labelM = ExtendedFloat.renormalise(labelM);
            }
            if (fetchAhead == 1 && CacheFetch.isNeverSo(fetched | (int) fetchedStates, zero)) {
                blankStates.set(pair, blankM);
            }
            if (blocks == 1) {
                // borders must have reached memory before the next block of states reads them, and labels have been
                // read from local memory before it writes there
                context.globalBarrier();
                context.localBarrier();
            }
        }
    }

    /** The mantissa of α · β · emission at the middle frame, where 1 is {@link ExtendedLong#PRODUCT_BITS}. */
    private static long product(LongArray middle, LongArray emissions, int alpha, int beta, int emission) {
        long product = ExtendedLong.product(middle.get(alpha), middle.get(beta));
        return ExtendedLong.product(4 * product, Emission.mantissa(emissions.get(emission)));
    }

    /** The exponent of the same; of a 0 not below 3 · EMPTY. */
    private static int sum(IntArray middle, LongArray emissions, int alpha, int beta, int emission) {
        return middle.get(alpha) + middle.get(beta) + Emission.exponent(emissions.get(emission));
    }
}
