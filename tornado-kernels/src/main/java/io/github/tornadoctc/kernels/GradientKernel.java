package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The gradient of each utterance's loss with respect to the scores: softmax − posterior for logits, −posterior for
 * log-probabilities (equation 16 of Graves et al. 2006), times the utterance's weight in the reduced loss.
 *
 * <p>Parallel over rows and symbols as {@link RowKernel}. The states' posteriors of a frame are divided by their own
 * sum, which removes whatever error the recursions have accumulated in common. First every symbol gets its softmax;
 * then the few that the target has are written again, each by one work-item that adds up the states that carry it, in
 * the order of the target. That costs a second write of at most U+1 elements a row, and saves atomics: the result is
 * bitwise the same on every run.
 */
final class GradientKernel {
    /** Work-items per group; also the most that can share a row. */
    static final int GROUP = RowKernel.GROUP;

    private GradientKernel() {}

    /**
     * Every element of {@code gradient}: 0 past an utterance's frames and in one whose status is not {@link
     * MeetingKernel#OK}.
     *
     * @param occurrences {@code [B][Umax]}: positions of the target, ordered by label, equal labels by position
     * @param symbolStarts {@code [B][Umax + 1]}: where each distinct label begins in {@code occurrences}, and the end
     * @param symbolCounts {@code [B]}: the number of distinct labels
     * @param posteriors {@code [B][T][2·pairs]}, blanks then labels, up to a factor of the frame
     * @param weights {@code [B]}: the derivative of the reduced loss with respect to each utterance's
     * @param gradient out, in the shape and layout of {@code scores}
     */
    static void gradient(
            KernelContext context,
            IntArray sizes,
            IntArray inputLengths,
            IntArray targetLengths,
            IntArray labels,
            IntArray occurrences,
            IntArray symbolStarts,
            IntArray symbolCounts,
            FloatArray scores,
            FloatArray rowMax,
            FloatArray rowInverseSum,
            FloatArray posteriors,
            IntArray status,
            FloatArray weights,
            FloatArray gradient) {
        int timeSteps = sizes.get(Sizes.TIME_STEPS);
        int batch = sizes.get(Sizes.BATCH);
        int symbols = sizes.get(Sizes.SYMBOLS);
        int pairs = sizes.get(Sizes.PAIRS);
        int blank = sizes.get(Sizes.BLANK);
        int lanes = sizes.get(Sizes.LANES_PER_ROW);
        int logits = sizes.get(Sizes.LOGITS);
        int local = context.localIdx;
        int lane = local % lanes;
        int row = context.groupIdx * (GROUP / lanes) + local / lanes;
        int t = row / batch;
        int b = row - t * batch;
        boolean exists = t < timeSteps;
        boolean inside = exists && t < inputLengths.get(b) && status.get(b) == MeetingKernel.OK;
        int targetLength = inside ? targetLengths.get(b) : -1;
        int base = t * sizes.get(Sizes.FRAME_STRIDE) + b * sizes.get(Sizes.UTTERANCE_STRIDE);
        int stateBase = (b * timeSteps + t) * 2 * pairs;
        float[] blankSums = context.allocateFloatLocalArray(GROUP);
        float[] labelSums = context.allocateFloatLocalArray(GROUP);

        float blankSum = 0f;
        float labelSum = 0f;
        for (int i = lane; i <= targetLength; i += lanes) {
            blankSum += posteriors.get(stateBase + i);
            if (i < targetLength) {
                labelSum += posteriors.get(stateBase + pairs + i);
            }
        }
        blankSums[local] = blankSum;
        labelSums[local] = labelSum;

        float weight = inside ? weights.get(b) : 0f;
        float largest = inside ? rowMax.get(row) : 0f;
        float softmaxScale = inside && logits == 1 ? rowInverseSum.get(row) * weight : 0f;
        if (exists) {
            for (int v = lane; v < symbols; v += lanes) {
                gradient.set(base + v, inside ? TornadoMath.exp(scores.get(base + v) - largest) * softmaxScale : 0f);
            }
        }
        context.localBarrier();
        for (int stride = 1; stride < lanes; stride *= 2) {
            if (lane % (2 * stride) == 0) {
                blankSums[local] += blankSums[local + stride];
                labelSums[local] += labelSums[local + stride];
            }
            context.localBarrier();
        }
        // the writes above must have reached memory before some of them are made again
        context.globalBarrier();

        if (inside) {
            blankSum = blankSums[local - lane];
            float posteriorScale = weight / (blankSum + labelSums[local - lane]);
            if (lane == 0) {
                float softmax = TornadoMath.exp(scores.get(base + blank) - largest) * softmaxScale;
                gradient.set(base + blank, softmax - blankSum * posteriorScale);
            }
            int starts = b * pairs;
            int first = b * (pairs - 1);
            int distinct = symbolCounts.get(b);
            for (int j = lane; j < distinct; j += lanes) {
                float occupation = 0f;
                for (int k = symbolStarts.get(starts + j); k < symbolStarts.get(starts + j + 1); k++) {
                    occupation += posteriors.get(stateBase + pairs + occurrences.get(first + k));
                }
                int v = labels.get(first + occurrences.get(first + symbolStarts.get(starts + j)));
                float softmax = TornadoMath.exp(scores.get(base + v) - largest) * softmaxScale;
                gradient.set(base + v, softmax - occupation * posteriorScale);
            }
        }
    }
}
