package io.github.tornadoctc.examples.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineTest {

    @Test
    void shorterLineIsPaddedAtItsEnd() {
        float[][] one = {{-1, -2, -3}};
        float[][] two = {{-4, -5, -6}, {-7, -8, -9}};
        CtcBatch batch =
                Line.batch(List.of(new Line("a", new int[] {1}, one), new Line("ba", new int[] {2, 1}, two)), 3);

        assertThat(batch.timeSteps()).isEqualTo(2);
        assertThat(batch.inputLength(0)).isEqualTo(1);
        assertThat(batch.inputLength(1)).isEqualTo(2);
        assertThat(batch.target(0)).containsExactly(1);
        assertThat(batch.target(1)).containsExactly(2, 1);
        assertThat(batch.score(0, 0, 2)).isEqualTo(-3f);
        assertThat(batch.score(1, 0, 2)).isZero();
        assertThat(batch.score(1, 1, 0)).isEqualTo(-7f);
    }
}
