package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * The gradient of each utterance's loss with respect to the scores: softmax − posterior for logits, −posterior for
 * log-probabilities (equation 16 of Graves et al. 2006), times the utterance's weight in the reduced loss.
 *
 * <p>Parallel over rows and symbols as {@link RowKernel}. The states' posteriors of a frame are divided by their own
 * sum, which removes whatever error the recursions have accumulated in common. First every symbol gets its {@link
 * Softmax}, unless it has it from {@link RowKernel}; then the few that the target has are written again, each by one
 * work-item that adds up the states that carry it, in the order of the target. That costs a second write of at most U+1
 * elements a row, and saves atomics: the result is bitwise the same on every run. Loops and reductions are as {@link
 * RowKernel} says.
 */
final class GradientKernel {
    private GradientKernel() {}

    /**
     * Every element of {@code gradient}. It is 0 past an utterance's frames, and in an utterance that is infeasible or not
     * finite.
     *
     * @param blankPosteriors {@code [B][T][pairs]}, up to a factor of the frame
     * @param labelPosteriors the same of the labels, in the places of {@link Lattice#labelPair}
     * @param likelihoods {@code [B][4]}, from {@link DepartKernel}
     * @param gradient out, in the shape and layout of {@code scores}, and may be the same array: a row's scores are
     *     read for the last time before the row is written
     * @param withSoftmax 1 to write the softmax, 0 where {@link RowKernel} has; a constant of the kernel
     * @param group work-items of a group, as many as share a row or a multiple; a constant of the kernel
     */
    static void gradient(
            KernelContext context,
            IntArray description,
            FloatArray scores,
            FloatArray rowMax,
            FloatArray rowInverseSum,
            FloatArray blankPosteriors,
            FloatArray labelPosteriors,
            LongArray likelihoods,
            FloatArray gradient,
            int withSoftmax,
            int group) {
        int timeSteps = description.get(Header.TIME_STEPS);
        int batch = description.get(Header.BATCH);
        int symbols = description.get(Header.SYMBOLS);
        int pairs = description.get(Header.PAIRS);
        int blank = description.get(Header.BLANK);
        int log2Lanes = description.get(Header.LOG2_LANES_PER_GRADIENT_ROW);
        // what the zero and the one are good for, RowKernel says
        int zero = description.get(Header.ZERO);
        int lanes = (1 << log2Lanes) | zero;
        float one = 1 + zero;
        int logits = description.get(Header.LOGITS);
        int inputLengths = description.get(Header.INPUT_LENGTHS);
        int targetLengths = description.get(Header.TARGET_LENGTHS);
        int local = context.localIdx;
        int lane = local & (lanes - 1);
        int row = context.globalIdx >> log2Lanes;
        int t = row / batch;
        int b = row - t * batch;
        boolean exists = t < timeSteps;
        // loaded at once, whether the row is inside or not: one after the other, each would be waited for
        int length = exists ? description.get(inputLengths + b) : 0;
        int labelsOfTarget = exists ? description.get(targetLengths + b) : 0;
        long likelihood = exists ? likelihoods.get(Likelihoods.exponent(b)) : 0L;
        boolean inside = t < length && likelihood > DepartKernel.INFEASIBLE;
        float largest = t < length ? rowMax.get(row) : 0f;
        float inverseSum = t < length ? rowInverseSum.get(row) : 0f;
        int targetLength = inside ? labelsOfTarget : -1;
        int base = t * description.get(Header.FRAME_STRIDE) + b * description.get(Header.UTTERANCE_STRIDE);
        int blankBase = (b * timeSteps + t) * pairs;
        int labelBase = blankBase + Lattice.labelPair(0, t, length);
        float[] blankSums = context.allocateFloatLocalArray(group);
        float[] labelSums = context.allocateFloatLocalArray(group);
        float[] fewerBlankSums = context.allocateFloatLocalArray(group);
        float[] fewerLabelSums = context.allocateFloatLocalArray(group);

        int distinctLabels = 0;
        int occurrences = 0;
        int distinct = 0;
        // Where the softmax is there already, that of the blank and of a work-item's first two labels is on its way
        // before
        // any other work-item is waited for.
        float softmaxOfBlank = 0f;
        int at0 = base;
        int at1 = base;
        float softmax0 = 0f;
        float softmax1 = 0f;
        float occupation0 = 0f;
        float occupation1 = 0f;
        if (withSoftmax == 0) {
            distinctLabels = description.get(Header.DISTINCT_LABELS) + b * (pairs - 1);
            occurrences = description.get(Header.OCCURRENCES) + b * (pairs - 1);
            if (inside) {
                if (lane == 0) {
                    softmaxOfBlank = gradient.get(base + blank);
                }
                distinct = description.get(description.get(Header.DISTINCT_COUNTS) + b);
                if (lane < distinct) {
                    at0 = base + description.get(distinctLabels + lane);
                    softmax0 = gradient.get(at0);
                    occupation0 = labelPosteriors.get(labelBase + description.get(occurrences + lane));
                }
                if (lane + lanes < distinct) {
                    at1 = base + description.get(distinctLabels + lane + lanes);
                    softmax1 = gradient.get(at1);
                    occupation1 = labelPosteriors.get(labelBase + description.get(occurrences + lane + lanes));
                }
            }
        }

        float blankSum = 0f;
        float labelSum = 0f;
        int adding = RowLanes.adding(lanes);
        int log2Adding = TornadoMath.min(log2Lanes, RowLanes.LOG2_MOST_ADDING);
        int i = lane;
        int count = lane < adding ? (targetLength + adding - lane) >> log2Adding : 0;
        for (int k = 0; k < count; k++) {
            blankSum = blankPosteriors.get(blankBase + i) * one + blankSum;
            if (i < targetLength) {
                labelSum = labelPosteriors.get(labelBase + i) * one + labelSum;
            }
            i += adding;
        }
        blankSums[local] = blankSum;
        labelSums[local] = labelSum;

        // the derivative of the reduced loss with respect to the utterance's
        int meanOver = description.get(Header.MEAN_OVER);
        float weight = Softmax.weight(meanOver, targetLength);
        float softmaxScale = inside && logits == 1 ? inverseSum * weight : 0f;
        if (exists) {
            if (withSoftmax == 1) {
                int v = inside ? lane : symbols;
                Softmax.write(scores, gradient, base, v, lanes, symbols, zero, largest, softmaxScale);
            }
            int outside = base + lane;
            int zeros = inside ? 0 : (symbols - lane + lanes - 1) >> log2Lanes;
            for (int k = 0; k < zeros; k++) {
                gradient.set(outside, 0f);
                outside += lanes;
            }
        }
        // over a row's work-items in two steps, as in RowKernel
        int first = RowLanes.multipleOfEight(local - lane);
        int steps = adding >> 3;
        int from = first + (lane & (steps - 1)) * 8;
        context.localBarrier();
        blankSum = 0f;
        labelSum = 0f;
        for (int k = 0; k < 8; k++) {
            blankSum = blankSums[from + k] * one + blankSum;
            labelSum = labelSums[from + k] * one + labelSum;
        }
        if (lane < 4) {
            fewerBlankSums[local] = lane < steps ? blankSum : 0f;
            fewerLabelSums[local] = lane < steps ? labelSum : 0f;
        }
        context.localBarrier();
        blankSum = 0f;
        labelSum = 0f;
        for (int k = 0; k < 4; k++) {
            blankSum = fewerBlankSums[first + k] * one + blankSum;
            labelSum = fewerLabelSums[first + k] * one + labelSum;
        }
        if (withSoftmax == 1) {
            // the writes above must have reached memory before some of them are read and made again
            context.globalBarrier();
        }

        if (inside) {
            float posteriorScale = weight / (blankSum + labelSum);
            if (lane == 0) {
                if (withSoftmax == 1) {
                    softmaxOfBlank = gradient.get(base + blank);
                }
                gradient.set(base + blank, softmaxOfBlank - blankSum * posteriorScale);
            }
            if (withSoftmax == 1) {
                distinctLabels = description.get(Header.DISTINCT_LABELS) + b * (pairs - 1);
                occurrences = description.get(Header.OCCURRENCES) + b * (pairs - 1);
                distinct = description.get(description.get(Header.DISTINCT_COUNTS) + b);
            }
            int starts = description.get(Header.OCCURRENCE_STARTS) + b * pairs;
            int j = lane;
            int rounds = (distinct - lane + lanes - 1) >> log2Lanes;
            for (int round = 0; round < rounds; round++) {
                int at = round == 0 ? at0 : at1;
                float softmax = round == 0 ? softmax0 : softmax1;
                float occupation = round == 0 ? occupation0 : occupation1;
                if (withSoftmax == 1 || round > 1) {
                    at = base + description.get(distinctLabels + j);
                    softmax = gradient.get(at);
                    occupation = labelPosteriors.get(labelBase + description.get(occurrences + j));
                }
                int other = 0;
                int end = 0;
                if (distinct < targetLength) {
                    other = description.get(starts + j);
                    end = description.get(starts + j + 1);
                }
                for (; other < end; other++) {
                    float posterior = labelPosteriors.get(labelBase + description.get(occurrences + other));
                    occupation = posterior * one + occupation;
                }
                gradient.set(at, softmax - occupation * posteriorScale);
                j += lanes;
            }
        }
    }
}
