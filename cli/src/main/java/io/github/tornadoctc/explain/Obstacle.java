package io.github.tornadoctc.explain;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcStatus;
import java.util.Optional;

/**
 * Why an utterance has no finite loss, and where that shows.
 *
 * @param text a sentence without its subject, the utterance
 * @param framesNeeded as many as its target needs if it has fewer, else -1
 * @param frame that has a score that is not finite, or nothing but masked symbols; -1 if none has
 * @param symbol whose score is not finite; -1 if none is
 */
public record Obstacle(String text, int framesNeeded, int frame, int symbol) {
    private static final int NONE = -1;

    /** Why utterance b has the status that it has; nothing if that is OK. */
    public static Optional<Obstacle> of(CtcBatch batch, int b, CtcStatus status) {
        return switch (status) {
            case OK -> Optional.empty();
            case INFEASIBLE -> Optional.of(infeasible(batch, b));
            case NON_FINITE -> Optional.of(notFinite(batch, b));
        };
    }

    private static Obstacle infeasible(CtcBatch batch, int b) {
        if (batch.hasEnoughFrames(b)) {
            return new Obstacle("has a score of -inf on every path to its target", NONE, NONE, NONE);
        }
        int needed = batch.framesNeeded(b);
        String text = "has no path: its %s with %s need %s, and it has %d"
                .formatted(
                        count(batch.targetLength(b), "label"),
                        count(batch.repeats(b), "repeat"),
                        count(needed, "frame"),
                        batch.inputLength(b));
        return new Obstacle(text, needed, NONE, NONE);
    }

    private static String count(int number, String what) {
        return "%d %s%s".formatted(number, what, number == 1 ? "" : "s");
    }

    private static Obstacle notFinite(CtcBatch batch, int b) {
        for (int t = 0; t < batch.inputLength(b); t++) {
            boolean masked = true;
            for (int v = 0; v < batch.symbols(); v++) {
                float score = batch.score(t, b, v);
                if (Float.isNaN(score) || score == Float.POSITIVE_INFINITY) {
                    return new Obstacle(
                            "has a score of %s, first at frame %d, symbol %d"
                                    .formatted(Float.isNaN(score) ? "nan" : "inf", t, v),
                            NONE,
                            t,
                            v);
                }
                masked &= score == Float.NEGATIVE_INFINITY;
            }
            if (masked) {
                return new Obstacle("has no symbol that is not masked, first at frame " + t, NONE, t, NONE);
            }
        }
        return new Obstacle("has scores that are not finite when they are added up", NONE, NONE, NONE);
    }
}
