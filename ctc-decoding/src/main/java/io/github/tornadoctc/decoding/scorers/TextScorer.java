package io.github.tornadoctc.decoding.scorers;

import io.github.tornadoctc.decoding.Scorer;
import io.github.tornadoctc.io.Tokens;

/** Scores labels by the text that they spell, so that it does not matter into which pieces the tokens divide it. */
record TextScorer(Tokens tokens, TextState empty) implements Scorer {
    @Override
    public State start() {
        return new Spelled(tokens, empty);
    }

    private record Spelled(Tokens tokens, TextState text) implements State {
        @Override
        public State append(int symbol) {
            String piece = tokens.piece(symbol);
            TextState next = text;
            for (int i = 0; i < piece.length(); i++) {
                next = next.append(piece.charAt(i));
            }
            return new Spelled(tokens, next);
        }

        @Override
        public double score() {
            return text.score();
        }

        @Override
        public double endScore() {
            return text.endScore();
        }
    }
}
