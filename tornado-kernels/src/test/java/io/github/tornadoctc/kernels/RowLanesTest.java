package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowLanesTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, 32, 32, 256",
        "2, 1, 32, 32, 256",
        "7, 1, 32, 32, 256",
        "29, 4, 32, 32, 256",
        "32, 8, 32, 32, 256",
        "63, 8, 32, 32, 256",
        "64, 8, 8, 8, 256",
        "100, 8, 8, 8, 256",
        "128, 16, 16, 16, 256",
        "255, 16, 16, 16, 256",
        "256, 16, 64, 32, 64",
        "512, 16, 64, 32, 64",
        "1000, 16, 64, 32, 64",
        "1024, 32, 64, 32, 64",
        "2047, 32, 64, 32, 64",
        "2048, 32, 64, 32, 64",
        "4095, 32, 64, 32, 64",
        "4096, 64, 128, 32, 64",
        "4999, 64, 128, 32, 64",
        "5000, 64, 256, 32, 64",
        "10241, 128, 256, 32, 128",
        "1000000, 256, 256, 32, 256"
    })
    void aRowHasAsManyAsItsSymbolsSay(
            int symbols, int lanes, int lanesOfGradient, int withoutSoftmax, int groupWithoutSoftmax) {
        assertThat(RowLanes.of(symbols)).isEqualTo(lanes);
        assertThat(RowLanes.ofGradient(symbols, true)).isEqualTo(lanesOfGradient);
        assertThat(RowLanes.ofGradient(symbols, false)).isEqualTo(withoutSoftmax);
        assertThat(RowLanes.group(symbols, false)).isEqualTo(groupWithoutSoftmax);
        assertThat(RowLanes.group(symbols, true))
                .isEqualTo(symbols < 256 ? 256 : Math.max(64, Math.max(lanes, lanesOfGradient)));
    }

    /** Who writes the softmax depends on more than V, and the bits must not. */
    @Test
    void asManyAddUpARowsPosteriorsWhoeverWritesTheSoftmax() {
        for (int symbols = 1; symbols < 20_000; symbols++) {
            assertThat(RowLanes.adding(RowLanes.ofGradient(symbols, true)))
                    .isEqualTo(RowLanes.adding(RowLanes.ofGradient(symbols, false)));
        }
    }

    @Test
    void everyWorkItemReadsAtMostSixteenValuesInEachOfTwoSteps() {
        for (int lanes = 1; lanes <= RowLanes.MOST; lanes *= 2) {
            int last = RowLanes.lastOfTwo(lanes);
            assertThat(Integer.bitCount(last)).isOne();
            assertThat(last).isBetween(1, 16);
            assertThat(lanes / last).isBetween(1, 16);
        }
    }
}
