package io.github.tornadoctc.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import org.junit.jupiter.api.Test;

class BruteForceCtcTest {

    @Test
    void repeatsAreMergedBeforeBlanksAreDropped() {
        assertThat(BruteForceCtc.collapse(new int[] {1, 1, 2}, 0)).containsExactly(1, 2);
        assertThat(BruteForceCtc.collapse(new int[] {1, 0, 1}, 0)).containsExactly(1, 1);
        assertThat(BruteForceCtc.collapse(new int[] {0, 1, 1, 0, 0, 1, 2, 2, 0}, 0))
                .containsExactly(1, 1, 2);
    }

    @Test
    void blanksAloneCollapseToNothing() {
        assertThat(BruteForceCtc.collapse(new int[] {0, 0, 0}, 0)).isEmpty();
        assertThat(BruteForceCtc.collapse(new int[] {}, 0)).isEmpty();
    }

    @Test
    void anySymbolMayBeTheBlank() {
        assertThat(BruteForceCtc.collapse(new int[] {2, 0, 0, 2, 0}, 2)).containsExactly(0, 0);
    }

    @Test
    void everyPathIsVisitedOnceAndTheirProbabilitiesSumToOne() {
        CtcBatch batch = CtcBatch.builder(4, 1, 3)
                .scores(1, 2, 3, 0, 0, 5, -1, 2, -3, 9, 8, 7)
                .targets(new int[] {1})
                .build();
        int[] paths = new int[1];
        double[] sum = new double[1];
        BruteForceCtc.forEachPath(batch, 0, CtcOptions.defaults(), (path, probability) -> {
            paths[0]++;
            sum[0] += probability;
        });
        assertThat(paths[0]).isEqualTo(3 * 3 * 3 * 3);
        assertThat(sum[0]).isCloseTo(1, within(1e-14));
    }

    @Test
    void tooManyPathsAreRefused() {
        CtcBatch batch = CtcBatch.builder(20, 1, 10)
                .scores(new float[200])
                .targets(new int[] {1})
                .build();
        assertThatThrownBy(() -> BruteForceCtc.loss(batch, 0, CtcOptions.defaults()))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("inputLengths[0] = 20: 10 symbols make 1.0e+20 paths, too many to enumerate");
    }
}
