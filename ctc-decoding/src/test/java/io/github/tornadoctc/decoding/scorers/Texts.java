package io.github.tornadoctc.decoding.scorers;

import io.github.tornadoctc.decoding.Scorer;
import io.github.tornadoctc.io.Tokens;
import java.util.stream.IntStream;

/** Texts as labels of one token for each character that a keyboard has. */
final class Texts {
    private static final int FIRST = ' ';
    private static final int LAST = '~';

    static final Tokens TOKENS = Tokens.of(IntStream.rangeClosed(FIRST - 1, LAST)
            .mapToObj(c -> c < FIRST ? "<blk>" : Character.toString(c))
            .toList());

    private Texts() {}

    static Scorer.State after(Scorer scorer, String text) {
        Scorer.State state = scorer.start();
        for (int i = 0; i < text.length(); i++) {
            state = state.append(text.charAt(i) - FIRST + 1);
        }
        return state;
    }

    static double score(Scorer scorer, String text) {
        return after(scorer, text).score();
    }

    static double endScore(Scorer scorer, String text) {
        return after(scorer, text).endScore();
    }
}
