package io.github.tornadoctc.decoding.scorers;

import static io.github.tornadoctc.decoding.scorers.Texts.TOKENS;
import static io.github.tornadoctc.decoding.scorers.Texts.endScore;
import static io.github.tornadoctc.decoding.scorers.Texts.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.decoding.Scorer;
import io.github.tornadoctc.io.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LexiconTest {
    private static final Scorer SCORER =
            Lexicon.of(List.of("cat", "cats", "dog")).scorer(TOKENS, 3);

    @TempDir
    Path directory;

    @Test
    void wordsOfTheLexiconCostNothing() {
        assertThat(endScore(SCORER, "")).isZero();
        assertThat(endScore(SCORER, "cat")).isZero();
        assertThat(endScore(SCORER, " cats  dog ")).isZero();
    }

    @Test
    void anotherWordCostsAtOnceWhereNoWordGoesOnSo() {
        assertThat(score(SCORER, "ca")).isZero();
        assertThat(score(SCORER, "cab")).isEqualTo(-3);
        assertThat(score(SCORER, "cabbage")).isEqualTo(-3);
        assertThat(score(SCORER, "cabbage x")).isEqualTo(-6);
        assertThat(endScore(SCORER, "cabbage x")).isEqualTo(-6);
    }

    @Test
    void theBeginningOfAWordIsNoWord() {
        assertThat(endScore(SCORER, "ca")).isEqualTo(-3);
        assertThat(score(SCORER, "ca ")).isEqualTo(-3);
        assertThat(endScore(SCORER, "ca dog")).isEqualTo(-3);
    }

    @Test
    void anInfiniteCostForbids() {
        Scorer strict = Lexicon.of(List.of("cat")).scorer(TOKENS, Double.POSITIVE_INFINITY);
        assertThat(score(strict, "cu cat")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(endScore(strict, "cat cat")).isZero();
    }

    @Test
    void piecesOfWordsSpellWhatCharactersDo() {
        Tokens pieces = Tokens.of(List.of("<blk>", "\u2581c", "at", "s", "\u2581dog"));
        Scorer.State state =
                Lexicon.of(List.of("cat", "cats", "dog")).scorer(pieces, 3).start();
        state = state.append(1).append(2);
        assertThat(state.append(3).append(4).endScore()).isZero();
        assertThat(state.append(3).append(3).score()).isEqualTo(-3);
    }

    @Test
    void aFileHasAWordOnEachLineAndPerhapsMore() throws IOException {
        Path file = Files.writeString(directory.resolve("words.txt"), "cat\tc a t |\n\ndog 17\n");
        Scorer scorer = Lexicon.read(file).scorer(TOKENS, 1);
        assertThat(endScore(scorer, "cat dog 17")).isEqualTo(-1);
        Path empty = Files.writeString(directory.resolve("empty.txt"), "\n");
        assertThatThrownBy(() -> Lexicon.read(empty)).hasMessage(empty + ": has no words");
    }

    @Test
    void aCostIsNotNegative() {
        Lexicon lexicon = Lexicon.of(List.of("a"));
        assertThatThrownBy(() -> lexicon.scorer(TOKENS, -1)).hasMessage("outOfVocabularyCost = -1.0 is not 0 or more");
    }
}
