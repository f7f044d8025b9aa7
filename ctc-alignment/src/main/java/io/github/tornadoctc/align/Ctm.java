package io.github.tornadoctc.align;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Writes sclite's CTM. */
final class Ctm {
    /** sclite wants one, and calls the channels of a recording 1 and 2 or A and B. */
    private static final String CHANNEL = "1";

    private Ctm() {}

    static void write(List<Transcript> transcripts, Appendable out) throws IOException {
        List<Transcript> byName = transcripts.stream()
                .sorted(Comparator.comparing(Transcript::name))
                .toList();
        for (Transcript transcript : byName) {
            if (transcript.name().isEmpty() || transcript.name().chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException(
                        "name = \"%s\" cannot be written in CTM, whose fields have no spaces and are not empty"
                                .formatted(transcript.name()));
            }
            for (TimedText word : transcript.words()) {
                out.append(String.format(
                        Locale.ROOT,
                        "%s %s %.3f %.3f %s %.4f\n",
                        transcript.name(),
                        CHANNEL,
                        word.start(),
                        word.end() - word.start(),
                        word.text(),
                        word.confidence()));
            }
        }
    }
}
