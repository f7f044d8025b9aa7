package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class TargetIndexTest {
    @Test
    void occurrencesAreOrderedByLabelAndThenByPosition() {
        CtcBatch batch = CtcBatch.builder(1, 3, 9)
                .scores(new float[27])
                .targets(new int[] {5, 2, 5, 8, 2}, new int[] {}, new int[] {4})
                .build();
        TargetIndex index = new TargetIndex(3, 15);

        index.fill(batch, true);

        assertThat(values(index.labels, 0, 5)).containsExactly(5, 2, 5, 8, 2);
        assertThat(values(index.occurrences, 0, 5)).containsExactly(1, 4, 0, 2, 3);
        assertThat(values(index.symbolStarts, 0, 4)).containsExactly(0, 2, 4, 5);
        assertThat(values(index.symbolCounts, 0, 3)).containsExactly(3, 0, 1);
        assertThat(index.symbolStarts.get(6)).isZero();
        assertThat(values(index.labels, 10, 11)).containsExactly(4);
        assertThat(values(index.symbolStarts, 12, 14)).containsExactly(0, 1);
    }

    private static int[] values(IntArray array, int from, int to) {
        int[] values = new int[to - from];
        for (int i = from; i < to; i++) {
            values[i - from] = array.get(i);
        }
        return values;
    }
}
