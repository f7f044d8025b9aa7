package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * Gives each of many hypotheses the rows of its utterance, as {@link ApproachKernel} and {@link DepartKernel} want them of
 * a batch. What takes long of a row, its V scores, has been read once for all hypotheses; of the emissions a hypothesis
 * has copies of its own, which take about as long to write as it would to look each one up in the recursion.
 */
final class HypothesisKernel {
    /** Work-items per group. */
    static final int GROUP = 256;

    private HypothesisKernel() {}

    /**
     * One work-item for every emission of every hypothesis. N is the number of hypotheses, B that of utterances.
     *
     * @param description what {@link BatchDescription} says of the hypotheses
     * @param sources {@code [N]}, then {@code [N][columns]}: which utterance a hypothesis is of, and which of the
     *     utterance's emissions each of its own is; −1 for one that no state has
     * @param ofRows what {@link BatchDescription} says of the utterances
     * @param rowInverseSum {@code [T][B]}, from {@link RowKernel}
     * @param rowNormaliser {@code [T][B]}, from {@link RowKernel}
     * @param rowEmissions {@code [T][B][columns of an utterance]}, from {@link RowKernel}
     * @param inverseSum {@code [T][N]} out
     * @param normaliser {@code [T][N]} out
     * @param emissions {@code [T][N][columns]} out
     */
    static void emissions(
            KernelContext context,
            IntArray description,
            IntArray sources,
            IntArray ofRows,
            FloatArray rowInverseSum,
            FloatArray rowNormaliser,
            LongArray rowEmissions,
            FloatArray inverseSum,
            FloatArray normaliser,
            LongArray emissions) {
        int hypotheses = description.get(Header.BATCH);
        int columns = description.get(Header.COLUMNS);
        int at = context.globalIdx;
        int to = at / columns;
        int column = at - to * columns;
        int t = to / hypotheses;
        int n = to - t * hypotheses;
        boolean inside = t < description.get(Header.TIME_STEPS)
                && t < description.get(description.get(Header.INPUT_LENGTHS) + n);
        if (inside) {
            int from = t * ofRows.get(Header.BATCH) + sources.get(n);
            if (column == 0) {
                inverseSum.set(to, rowInverseSum.get(from));
                normaliser.set(to, rowNormaliser.get(from));
            }
            int source = sources.get(hypotheses + n * columns + column);
            if (source >= 0) {
                emissions.set(at, rowEmissions.get(from * ofRows.get(Header.COLUMNS) + source));
            }
        }
    }
}
