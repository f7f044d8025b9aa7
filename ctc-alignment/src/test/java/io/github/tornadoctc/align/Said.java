package io.github.tornadoctc.align;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.Wildcards;
import io.github.tornadoctc.reference.ReferenceCtc;
import java.util.List;

/** An utterance whose frames each say one symbol, aligned with what it is said to say. */
final class Said {
    /** Symbol 0 is the blank. */
    private static final List<String> TOKENS = List.of("", "a", "b", "c", " ", "\"", "<");

    private static final float SURE = 9;

    final CtcBatch batch;
    final CtcAlignment alignment;
    final CtcOccupation occupation;

    private Said(CtcBatch batch, Wildcards wildcards) {
        this.batch = batch;
        AlignmentOptions options = AlignmentOptions.defaults().withWildcards(wildcards);
        try (CtcBackend backend = new ReferenceCtc()) {
            alignment = backend.operation(CtcAligner.class)
                    .orElseThrow()
                    .align(batch, options)
                    .getFirst();
            occupation = backend.operation(CtcPosteriors.class)
                    .orElseThrow()
                    .posteriors(batch, Scores.LOGITS)
                    .getFirst();
        }
    }

    /** Frames that say these characters, {@code _} for the blank, aligned with a text. */
    static Said aligned(String frames, String text, Wildcards wildcards) {
        float[] scores = new float[frames.length() * TOKENS.size()];
        for (int t = 0; t < frames.length(); t++) {
            scores[t * TOKENS.size() + symbol(frames.charAt(t))] = SURE;
        }
        return new Said(
                CtcBatch.builder(frames.length(), 1, TOKENS.size())
                        .scores(scores)
                        .targets(text.chars().map(Said::symbol).toArray())
                        .build(),
                wildcards);
    }

    static Said aligned(String frames, String text) {
        return aligned(frames, text, Wildcards.none());
    }

    private static int symbol(int character) {
        return character == '_' ? 0 : TOKENS.indexOf(Character.toString(character));
    }

    Confidence confidence() {
        return Confidence.of(alignment, occupation);
    }

    /** With frames of a tenth of a second. */
    Transcript transcript(boolean spaced) {
        return Transcript.of("said", alignment, confidence(), 0.1, TOKENS::get, spaced);
    }
}
