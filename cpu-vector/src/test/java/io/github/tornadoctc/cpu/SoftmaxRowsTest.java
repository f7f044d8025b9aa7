package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several rows at once have the bits of one row after the other. */
class SoftmaxRowsTest {
    private static final int ROWS = SoftmaxRows.ROWS;

    /** Rows lie further apart than they are long, as those of an utterance do among others. */
    private static final int GAP = 5;

    private final Random random = new Random(3);
    private final SoftmaxRow one = new SoftmaxRow();
    private final SoftmaxRows together = new SoftmaxRows();

    /** Without a whole vector, without a rest, in one block and in more. */
    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 65, 512, 513, 1000, 1600})
    void rowsAreThoseOfOneAfterTheOther(int symbols) {
        long stride = (symbols + GAP) * (long) Float.BYTES;
        MemorySegment scores = scores(symbols, stride);
        MemorySegment alone = Arena.ofAuto().allocate(scores.byteSize(), Float.BYTES);
        MemorySegment ofAll = Arena.ofAuto().allocate(scores.byteSize(), Float.BYTES);
        float[] largest = new float[2 * ROWS];
        for (int t = 0; t < 2 * ROWS; t++) {
            largest[t] = (float) ScalarRowKernels.finiteOrZero(SoftmaxRow.largest(scores, t * stride, symbols));
        }
        System.arraycopy(largest, 0, together.largest, 0, ROWS);

        together.exponentials(scores, ofAll, 0, ROWS * stride, stride, symbols);
        for (int t = 0; t < ROWS; t++) {
            double sum = one.exponentials(scores, alone, t * stride, t * stride, symbols, largest[t]);
            assertThat(together.sum[t]).as("sum of row %d", t).isEqualTo(sum);
            assertThat(together.largestAhead(t))
                    .as("largest of row %d", t + ROWS)
                    .isEqualTo(largest[t + ROWS]);
        }
        assertThat(ofAll.mismatch(alone)).as("first other byte").isEqualTo(-1);

        System.arraycopy(largest, ROWS, together.largest, 0, ROWS);
        together.sum(scores, ROWS * stride, 0, stride, symbols);
        for (int t = 0; t < ROWS; t++) {
            double sum = one.sum(scores, (ROWS + t) * stride, t * stride, symbols, largest[ROWS + t]);
            assertThat(together.sum[t]).as("sum of row %d alone", ROWS + t).isEqualTo(sum);
            assertThat((float) ScalarRowKernels.finiteOrZero(together.largestAhead(t)))
                    .as("largest of row %d", t)
                    .isEqualTo(largest[t]);
        }
    }

    /** Normal ones, some masked, and in every other row one that is nearly certain. */
    private MemorySegment scores(int symbols, long stride) {
        MemorySegment scores = Arena.ofAuto().allocate(2 * ROWS * stride, Float.BYTES);
        for (int t = 0; t < 2 * ROWS; t++) {
            int certain = random.nextInt(symbols);
            for (int v = 0; v < symbols; v++) {
                boolean masked = random.nextInt(20) == 0;
                float score = masked ? Float.NEGATIVE_INFINITY : (float) random.nextGaussian();
                float above = t % 2 == 0 && v == certain ? 12 : 0;
                scores.set(ValueLayout.JAVA_FLOAT, t * stride + (long) v * Float.BYTES, score + above);
            }
        }
        return scores;
    }
}
