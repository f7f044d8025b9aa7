package io.github.tornadoctc.decoding.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorRatesTest {
    @Test
    void countsAndAlignsWordsAndCharacters() {
        TextErrors errors = TextErrors.of("the cat sat", " the  bat sat up");
        assertThat(errors.words()).isEqualTo(new ErrorCounts(1, 1, 0, 3));
        assertThat(errors.wordEdits())
                .containsExactly(
                        new Edit(Edit.Kind.MATCH, "the", "the"),
                        new Edit(Edit.Kind.SUBSTITUTION, "cat", "bat"),
                        new Edit(Edit.Kind.MATCH, "sat", "sat"),
                        new Edit(Edit.Kind.INSERTION, "", "up"));
        assertThat(errors.characters()).isEqualTo(new ErrorCounts(1, 3, 0, 11));
        assertThat(errors.characters().rate()).isEqualTo(4.0 / 11);
    }

    @Test
    void charactersAreCodePoints() {
        assertThat(TextErrors.of("\uD83D\uDE00", "x").characters()).isEqualTo(new ErrorCounts(1, 0, 0, 1));
    }

    @Test
    void labelsAreComparedAsTheyAre() {
        assertThat(ErrorCounts.ofLabels(new int[] {11, 2, 3}, new int[] {1, 12, 3, 3}))
                .isEqualTo(new ErrorCounts(2, 1, 0, 3));
        assertThat(ErrorCounts.ofLabels(new int[] {1, 2}, new int[0])).isEqualTo(new ErrorCounts(0, 0, 2, 2));
    }

    @Test
    void longTextsWeighMore() {
        ErrorRates rates = ErrorRates.of(List.of("a", "b c d"), List.of("x", "b c d"));
        assertThat(rates.wer()).isEqualTo(0.25);
        assertThat(rates.cer()).isEqualTo(1.0 / 6);
    }

    @Test
    void whereNothingWasSaid() {
        assertThat(ErrorRates.of(List.of(""), List.of(" ")).wer()).isZero();
        assertThat(ErrorRates.of(List.of(""), List.of("x")).wer()).isInfinite();
        assertThat(ErrorRates.of(List.of(), List.of()).cer()).isZero();
        assertThat(ErrorRates.of(List.of("a b"), List.of("")).words()).isEqualTo(new ErrorCounts(0, 0, 2, 2));
    }

    @Test
    void asManyOfBoth() {
        assertThatThrownBy(() -> ErrorRates.of(List.of("a"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 references do not suit 0 hypotheses");
    }
}
