package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowLanesTest {
    @ParameterizedTest
    @CsvSource({
        "1, 8, 32, 32, 256",
        "2, 8, 32, 32, 256",
        "7, 8, 32, 32, 256",
        "29, 8, 32, 32, 256",
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
        "2048, 64, 64, 32, 64",
        "4095, 64, 64, 32, 64",
        "4096, 128, 128, 32, 128",
        "4999, 128, 128, 32, 128",
        "5000, 128, 256, 32, 128",
        "10241, 128, 256, 32, 128",
        "1000000, 256, 256, 32, 256"
    })
    void aRowHasAsManyAsItsSymbolsSay(int symbols, int lanes, int lanesOfGradient, int withoutSoftmax, int group) {
        assertThat(RowLanes.of(symbols)).isEqualTo(lanes);
        assertThat(RowLanes.ofGradient(symbols, true)).isEqualTo(lanesOfGradient);
        assertThat(RowLanes.ofGradient(symbols, false)).isEqualTo(withoutSoftmax);
        assertThat(RowLanes.group(symbols)).isEqualTo(group);
        assertThat(RowLanes.groupOfGradient(symbols, true))
                .isEqualTo(symbols < 256 ? 256 : Math.max(64, lanesOfGradient));
        assertThat(RowLanes.groupOfGradient(symbols, false)).isEqualTo(symbols < 256 ? 256 : 64);
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
    void twoStepsReadTheValuesOfAllWorkItems() {
        for (int lanes = RowLanes.of(1); lanes <= RowLanes.MOST; lanes *= 2) {
            int reads = RowLanes.reads(lanes);
            assertThat(lanes).isGreaterThanOrEqualTo(reads);
            assertThat(lanes / reads).isBetween(1, reads);
        }
    }

    @Test
    void aRowFitsWhatItsWorkItemsKeep() {
        for (int symbols = 1; symbols <= 11_264; symbols++) {
            int lanes = RowLanes.of(symbols);
            int kept = RowLanes.kept(symbols);
            assertThat(kept * lanes).as("V=%d", symbols).isGreaterThanOrEqualTo(symbols);
            assertThat(kept % 4).isZero();
        }
        assertThat(RowLanes.kept(29)).isEqualTo(16);
        assertThat(RowLanes.kept(1024)).isEqualTo(32);
        assertThat(RowLanes.kept(1000)).isEqualTo(64);
        assertThat(RowLanes.kept(10_241)).isEqualTo(88);
        assertThat(RowLanes.kept(11_265)).isZero();
    }
}
