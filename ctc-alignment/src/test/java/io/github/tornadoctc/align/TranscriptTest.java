package io.github.tornadoctc.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.Wildcards;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    @Test
    void wordsAreWhatIsBetweenSpaces() {
        Transcript transcript = Said.aligned("_ab_ ca_", "ab ca").transcript(true);
        assertThat(transcript.words()).extracting(TimedText::text).containsExactly("ab", "ca");
        assertThat(transcript.words().getLast().start()).isCloseTo(0.5, within(1e-12));
        assertThat(transcript.words().getLast().end()).isCloseTo(0.7, within(1e-12));
        assertThat(transcript.symbols()).extracting(TimedText::text).containsExactly("a", "b", "c", "a");
        assertThat(transcript.duration()).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void withoutSpacesEverySymbolIsAWordOfItsOwn() {
        Transcript transcript = Said.aligned("_ab_", "ab").transcript(false);
        assertThat(transcript.words()).isEqualTo(transcript.symbols()).hasSize(2);
    }

    @Test
    void aWordOfALineWithOneIsNoRowOfSymbols() {
        assertThat(Said.aligned("_ab_", "ab").transcript(true).words())
                .extracting(TimedText::text)
                .containsExactly("ab");
    }

    @Test
    void whereSomethingIsLeftOutAWordEnds() {
        Transcript transcript =
                Said.aligned("_abc_a", "aa", Wildcards.at(new int[] {1})).transcript(true);
        assertThat(transcript.words()).extracting(TimedText::text).containsExactly("a", "a");
    }
}
