package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowLanesTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, 32",
        "2, 1, 32",
        "7, 1, 32",
        "29, 4, 32",
        "32, 8, 32",
        "63, 8, 32",
        "64, 8, 8",
        "100, 8, 8",
        "128, 16, 16",
        "255, 16, 16",
        "256, 16, 64",
        "512, 16, 64",
        "1000, 16, 64",
        "1024, 16, 64",
        "2047, 16, 64",
        "2048, 32, 64",
        "4095, 32, 64",
        "4096, 64, 128",
        "4999, 64, 128",
        "5000, 64, 256",
        "10241, 128, 256",
        "1000000, 256, 256"
    })
    void aRowHasAsManyAsItsSymbolsSay(int symbols, int lanes, int lanesOfGradient) {
        assertThat(RowLanes.of(symbols)).isEqualTo(lanes);
        assertThat(RowLanes.ofGradient(symbols)).isEqualTo(lanesOfGradient);
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
