package io.github.tornadoctc.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Formats as their own tools have them. */
class TranscriptFormatTest {
    private static final Transcript SAID = Said.aligned("_ab_ ca__", "ab ca").transcript(true);
    private static final Transcript NOTHING = Transcript.empty("none", 0.5);

    private static String written(TranscriptFormat format, Transcript... transcripts) {
        StringBuilder out = new StringBuilder();
        try {
            format.write(List.of(transcripts), out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString();
    }

    @Test
    void ctmHasAWordALineByNameAndTime() {
        assertThat(written(TranscriptFormat.CTM, SAID, new Transcript("an", 1, SAID.symbols(), SAID.words(), true)))
                .matches("(?s)(an 1 \\d\\.\\d{3} \\d\\.\\d{3} (ab|ca) 0\\.\\d{4}\n){2}"
                        + "said 1 0\\.100 0\\.200 ab 0\\.\\d{4}\nsaid 1 0\\.500 0\\.200 ca 0\\.\\d{4}\n");
        assertThat(written(TranscriptFormat.CTM, NOTHING)).isEmpty();
        assertThatThrownBy(() -> written(TranscriptFormat.CTM, Transcript.empty("a b", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a b\"");
    }

    @Test
    void srtIsNumberedAndHasThousandthsAfterAComma() {
        assertThat(written(TranscriptFormat.SRT, SAID)).isEqualTo("1\n00:00:00,100 --> 00:00:00,700\nab ca\n\n");
        assertThat(written(TranscriptFormat.SRT, NOTHING)).isEmpty();
    }

    @Test
    void linesOfSubtitlesEndWhereTheyAreFullOrNothingIsSaid() {
        TimedText early = new TimedText("x".repeat(30), 3599.5, 3600, 1);
        TimedText next = new TimedText("y".repeat(30), 3600, 3600.5, 1);
        TimedText late = new TimedText("z", 3602, 3602.1, 1);
        TimedText later = new TimedText("w", 3602.5, 3602.6, 1);
        List<TimedText> words = List.of(early, next, late, later);
        assertThat(written(TranscriptFormat.SRT, new Transcript("n", 4000, words, words, true)))
                .isEqualTo(
                        "1\n00:59:59,500 --> 01:00:00,000\n" + early.text() + "\n\n2\n01:00:00,000 --> 01:00:00,500\n"
                                + next.text() + "\n\n3\n01:00:02,000 --> 01:00:02,600\nz w\n\n");
    }

    @Test
    void vttHasATimeForEachWordAndEscapesMarkup() {
        assertThat(written(TranscriptFormat.VTT, SAID))
                .isEqualTo("WEBVTT\n\n00:00:00.100 --> 00:00:00.700\nab <00:00:00.500>ca\n");
        assertThat(written(TranscriptFormat.VTT, Said.aligned("_<_", "<").transcript(true)))
                .contains("\n&lt;\n");
        assertThat(written(TranscriptFormat.VTT, NOTHING)).isEqualTo("WEBVTT\n");
    }

    @Test
    void textGridIsWithoutGapsAndDoublesQuotes() {
        assertThat(written(TranscriptFormat.TEXTGRID, Said.aligned("_\"", "\"").transcript(true)))
                .isEqualTo(
                        """
                        File type = "ooTextFile"
                        Object class = "TextGrid"

                        xmin = 0
                        xmax = 0.2
                        tiers? <exists>
                        size = 2
                        item []:
                            item [1]:
                                class = "IntervalTier"
                                name = "words"
                                xmin = 0
                                xmax = 0.2
                                intervals: size = 2
                                intervals [1]:
                                    xmin = 0
                                    xmax = 0.1
                                    text = ""
                                intervals [2]:
                                    xmin = 0.1
                                    xmax = 0.2
                                    text = \"""\"
                            item [2]:
                                class = "IntervalTier"
                                name = "symbols"
                                xmin = 0
                                xmax = 0.2
                                intervals: size = 2
                                intervals [1]:
                                    xmin = 0
                                    xmax = 0.1
                                    text = ""
                                intervals [2]:
                                    xmin = 0.1
                                    xmax = 0.2
                                    text = \"""\"
                        """);
    }

    @Test
    void theShortTextGridHasTheValuesAlone() {
        assertThat(written(TranscriptFormat.TEXTGRID_SHORT, NOTHING))
                .isEqualTo(
                        """
                        File type = "ooTextFile"
                        Object class = "TextGrid"

                        0
                        0.5
                        <exists>
                        2
                        "IntervalTier"
                        "words"
                        0
                        0.5
                        1
                        0
                        0.5
                        ""
                        "IntervalTier"
                        "symbols"
                        0
                        0.5
                        1
                        0
                        0.5
                        ""
                        """);
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatHasRoomForSeveralTakesSeveral(TranscriptFormat format) {
        if (format.holdsSeveral()) {
            assertThat(written(format, SAID, NOTHING)).isNotEmpty();
        } else {
            assertThatThrownBy(() -> written(format, SAID, NOTHING))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2 utterances");
        }
    }
}
