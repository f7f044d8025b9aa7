package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.Layout;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchDescriptionTest {
    private static final CtcBatch BATCH = CtcBatch.builder(2, 3, 9)
            .scores(new float[54])
            .inputLengths(2, 0, 1)
            .targets(new int[] {5, 2, 5, 8, 2}, new int[] {}, new int[] {4})
            .build();

    @Test
    void occurrencesAreTheFirstOfEachLabelAndThenTheOthersByLabel() {
        BatchDescription description = describe(BATCH);

        assertThat(section(description, Header.LABELS, 0, 5)).containsExactly(5, 2, 5, 8, 2);
        assertThat(section(description, Header.DISTINCT_LABELS, 0, 3)).containsExactly(2, 5, 8);
        assertThat(section(description, Header.OCCURRENCES, 0, 5)).containsExactly(1, 0, 3, 4, 2);
        assertThat(section(description, Header.OCCURRENCE_STARTS, 0, 4)).containsExactly(3, 4, 5, 5);
        assertThat(section(description, Header.DISTINCT_COUNTS, 0, 3)).containsExactly(3, 0, 1);
        assertThat(section(description, Header.OCCURRENCE_STARTS, 6, 7)).containsExactly(0);
        assertThat(section(description, Header.LABELS, 10, 11)).containsExactly(4);
        assertThat(section(description, Header.DISTINCT_LABELS, 10, 11)).containsExactly(4);
        assertThat(section(description, Header.OCCURRENCE_STARTS, 12, 14)).containsExactly(1, 1);
    }

    @Test
    void lengthsAreThoseOfTheBatch() {
        BatchDescription description = describe(BATCH);

        assertThat(section(description, Header.INPUT_LENGTHS, 0, 3)).containsExactly(2, 0, 1);
        assertThat(section(description, Header.TARGET_LENGTHS, 0, 3)).containsExactly(5, 0, 1);
    }

    @Test
    void stridesFollowTheLayout() {
        CtcBatch batchMajor = CtcBatch.builder(2, 3, 9)
                .layout(Layout.BATCH_MAJOR)
                .scores(new float[54])
                .targets(new int[3][0])
                .build();

        assertThat(describe(BATCH).values().get(Header.FRAME_STRIDE)).isEqualTo(27);
        assertThat(describe(BATCH).values().get(Header.UTTERANCE_STRIDE)).isEqualTo(9);
        assertThat(describe(batchMajor).values().get(Header.FRAME_STRIDE)).isEqualTo(9);
        assertThat(describe(batchMajor).values().get(Header.UTTERANCE_STRIDE)).isEqualTo(18);
    }

    private static BatchDescription describe(CtcBatch batch) {
        long length = BatchDescription.length(batch.batchSize(), batch.maxTargetLength());
        BatchDescription description = new BatchDescription((int) length);
        description.fill(BatchPart.all(batch), CtcOptions.defaults());
        return description;
    }

    private static int[] section(BatchDescription description, int header, int from, int to) {
        return IntStream.range(from, to).map(i -> description.get(header, i)).toArray();
    }
}
