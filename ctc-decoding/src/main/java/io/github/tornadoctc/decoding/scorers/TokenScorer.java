package io.github.tornadoctc.decoding.scorers;

import io.github.tornadoctc.decoding.Scorer;

/** Scores every label by an n-gram model whose words are tokens. */
final class TokenScorer implements Scorer {
    private final int[] words;
    private final NGramScore empty;

    /**
     * A scorer of tokens.
     *
     * @param words the model's word of each symbol, or {@link CharacterTrie#NONE}
     */
    TokenScorer(int[] words, NGramScore empty) {
        this.words = words;
        this.empty = empty;
    }

    @Override
    public State start() {
        return new Scored(words, empty);
    }

    @SuppressWarnings("ArrayRecordComponent") // one array for all states, never compared
    private record Scored(int[] words, NGramScore sequence) implements State {
        @Override
        public State append(int symbol) {
            return new Scored(words, sequence.append(words[symbol]));
        }

        @Override
        public double score() {
            return sequence.score();
        }

        @Override
        public double endScore() {
            return sequence.end().score();
        }
    }
}
