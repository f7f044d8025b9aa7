package io.github.tornadoctc.examples.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GreedyTest {

    @Test
    void repeatsAreMergedAndThenBlanksDropped() {
        assertThat(Greedy.collapse(0, 3, 3, 0, 3, 1, 1, 0)).containsExactly(3, 3, 1);
    }

    @Test
    void onlyBlanksReadAsNothing() {
        assertThat(Greedy.collapse(0, 0, 0)).isEmpty();
        assertThat(Greedy.collapse()).isEmpty();
    }

    @Test
    void likeliestSymbolOfEachTimeStepIsRead() {
        float[][] scores = {{-5, -1, -3}, {-1, -2, -3}, {-9, -8, -7}};
        assertThat(Greedy.read(scores)).containsExactly(1, 2);
    }
}
