package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReductionTest {
    /** Targets of 0, 1 and 4 labels. */
    private static final CtcBatch BATCH = CtcBatch.builder(1, 3, 3)
            .scores(new float[9])
            .targets(new int[0], new int[] {1}, new int[] {1, 2, 1, 2})
            .build();

    @ParameterizedTest
    @EnumSource(names = {"NONE", "SUM"})
    void onlyTheMeanScales(Reduction reduction) {
        assertThat(reduction.weight(BATCH, 2)).isEqualTo(1);
    }

    @Test
    void theMeanDividesByBatchSizeAndTargetLength() {
        assertThat(Reduction.MEAN.weight(BATCH, 1)).isEqualTo(1.0 / 3);
        assertThat(Reduction.MEAN.weight(BATCH, 2)).isEqualTo(1.0 / 12);
    }

    @Test
    void anEmptyTargetCountsAsOneLabel() {
        assertThat(Reduction.MEAN.weight(BATCH, 0)).isEqualTo(1.0 / 3);
    }
}
