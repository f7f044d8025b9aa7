package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowLanesTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "2, 1",
        "7, 1",
        "29, 4",
        "32, 8",
        "63, 8",
        "64, 8",
        "100, 8",
        "128, 16",
        "255, 16",
        "256, 32",
        "512, 32",
        "1000, 32",
        "1024, 32",
        "2047, 32",
        "2048, 64",
        "4096, 128",
        "4999, 128",
        "5000, 256",
        "10241, 256",
        "1000000, 256"
    })
    void aRowHasAsManyAsItsSymbolsSay(int symbols, int lanes) {
        assertThat(RowLanes.of(symbols)).isEqualTo(lanes);
    }

    @Test
    void everyWorkItemReadsAtMostSixteenValuesInEachOfTwoSteps() {
        for (int lanes = 1; lanes <= RowKernel.GROUP; lanes *= 2) {
            int last = RowLanes.lastOfTwo(lanes);
            assertThat(Integer.bitCount(last)).isOne();
            assertThat(last).isBetween(1, 16);
            assertThat(lanes / last).isBetween(1, 16);
        }
    }
}
