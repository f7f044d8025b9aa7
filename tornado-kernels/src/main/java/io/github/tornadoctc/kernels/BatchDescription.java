package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.Scores;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * All that the kernels need to know of a batch but its scores, in one array and so in one transfer: a {@link Header},
 * lengths, labels, and for each utterance the positions of every label of its target, so that one work-item can add up all
 * states of a symbol in a fixed order.
 */
final class BatchDescription {
    private final IntArray values;
    private int[] target = {};
    private long[] byLabel = {};

    /** Room for {@code capacity} ints, see {@link #length}. */
    BatchDescription(int capacity) {
        this.values = new IntArray(capacity);
    }

    /** The ints that a batch of B utterances with targets of at most Umax labels takes. */
    static long length(long batchSize, long maxTargetLength) {
        return Header.LENGTH + batchSize * (5 + 4 * maxTargetLength);
    }

    /** What the kernels read. */
    IntArray values() {
        return values;
    }

    /** Describes a part of a batch for all kernels but {@link GradientKernel}; its scores are not read. */
    void fill(BatchPart part, CtcOptions options) {
        fill(part, options, 1);
    }

    /** The same for that as well, with so many work-items to a row. */
    void fill(BatchPart part, CtcOptions options, int lanesOfGradient) {
        CtcBatch batch = part.batch();
        int batchSize = part.size();
        int width = batch.maxTargetLength();
        boolean timeMajor = batch.layout() == Layout.TIME_MAJOR;
        values.set(Header.TIME_STEPS, part.timeSteps());
        values.set(Header.BATCH, batchSize);
        values.set(Header.SYMBOLS, batch.symbols());
        values.set(Header.BLANK, batch.blank());
        values.set(Header.FRAME_STRIDE, timeMajor ? batchSize * batch.symbols() : batch.symbols());
        values.set(Header.UTTERANCE_STRIDE, timeMajor ? batch.symbols() : part.timeSteps() * batch.symbols());
        values.set(Header.LOGITS, options.scores() == Scores.LOGITS ? 1 : 0);
        values.set(Header.PAIRS, width + 1);
        values.set(Header.LOG2_LANES_PER_ROW, Integer.numberOfTrailingZeros(RowLanes.of(batch.symbols())));
        values.set(Header.LOG2_LANES_PER_GRADIENT_ROW, Integer.numberOfTrailingZeros(lanesOfGradient));
        values.set(Header.MEAN_OVER, options.reduction() == Reduction.MEAN ? batch.batchSize() : 0);
        int columns = columns(batch.symbols(), width);
        values.set(Header.COLUMNS, columns);
        values.set(Header.COLUMNS_BY_LABEL, columns < batch.symbols() ? 1 : 0);

        values.set(Header.ZERO, 0);

        int end = Header.LENGTH;
        end = section(Header.INPUT_LENGTHS, end, batchSize);
        end = section(Header.TARGET_LENGTHS, end, batchSize);
        end = section(Header.LABELS, end, batchSize * width);
        end = section(Header.DISTINCT_LABELS, end, batchSize * width);
        end = section(Header.OCCURRENCES, end, batchSize * width);
        end = section(Header.OCCURRENCE_STARTS, end, batchSize * (width + 1));
        end = section(Header.DISTINCT_COUNTS, end, batchSize);
        section(Header.LOWEST_EXPONENTS, end, batchSize);
        if (target.length < width) {
            target = new int[width];
            byLabel = new long[width];
        }
        for (int b = 0; b < batchSize; b++) {
            fill(batch, part.first() + b, b, options.gradient());
        }
    }

    private int section(int header, int begin, int length) {
        values.set(header, begin);
        return begin + length;
    }

    private void fill(CtcBatch batch, int utterance, int b, boolean gradient) {
        int length = batch.targetLength(utterance);
        batch.copyTarget(utterance, target, 0);
        set(Header.INPUT_LENGTHS, b, batch.inputLength(utterance));
        set(Header.TARGET_LENGTHS, b, length);
        set(Header.LOWEST_EXPONENTS, b, Emission.lowestExponent(batch.inputLength(utterance)));
        for (int u = 0; u < length; u++) {
            set(Header.LABELS, b * batch.maxTargetLength() + u, target[u]);
        }
        if (gradient) {
            indexByLabel(b, length, batch.maxTargetLength());
        }
    }

    private void indexByLabel(int b, int length, int width) {
        for (int u = 0; u < length; u++) {
            byLabel[u] = (long) target[u] << Integer.SIZE | u;
        }
        Arrays.sort(byLabel, 0, length);
        int distinct = 0;
        for (int k = 0; k < length; k++) {
            if (isFirst(k)) {
                set(Header.DISTINCT_LABELS, b * width + distinct, label(byLabel[k]));
                set(Header.OCCURRENCES, b * width + distinct, (int) byLabel[k]);
                distinct++;
            }
        }
        int others = distinct;
        distinct = 0;
        for (int k = 0; k < length; k++) {
            if (isFirst(k)) {
                set(Header.OCCURRENCE_STARTS, b * (width + 1) + distinct, others);
                distinct++;
            } else {
                set(Header.OCCURRENCES, b * width + others, (int) byLabel[k]);
                others++;
            }
        }
        set(Header.OCCURRENCE_STARTS, b * (width + 1) + distinct, others);
        set(Header.DISTINCT_COUNTS, b, distinct);
    }

    private boolean isFirst(int k) {
        return k == 0 || label(byLabel[k]) != label(byLabel[k - 1]);
    }

    private static int label(long withPosition) {
        return (int) (withPosition >> Integer.SIZE);
    }

    private void set(int header, int index, int value) {
        values.set(values.get(header) + index, value);
    }

    /** Element {@code index} of the section that {@code header} says where it begins. */
    int get(int header, int index) {
        return values.get(values.get(header) + index);
    }

    /**
     * Emissions to make of a row. Of an alphabet there is one for each symbol, since a target has most of them and often
     * more than once; of a large vocabulary there are only those that the target needs.
     */
    static int columns(int symbols, int maxTargetLength) {
        return Math.min(symbols, maxTargetLength + 1);
    }
}
