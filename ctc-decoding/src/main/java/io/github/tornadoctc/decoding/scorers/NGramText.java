package io.github.tornadoctc.decoding.scorers;

/**
 * A text whose words are scored when they are complete.
 *
 * @param node of the word so far among those that the model knows, or none if no word of it begins so
 * @param words those that are complete
 */
record NGramText(CharacterTrie vocabulary, int node, NGramScore words) implements TextState {
    private static final char SPACE = ' ';

    @Override
    public TextState append(char character) {
        if (character == SPACE) {
            return new NGramText(vocabulary, CharacterTrie.ROOT, complete());
        }
        return node == CharacterTrie.NONE ? this : new NGramText(vocabulary, vocabulary.child(node, character), words);
    }

    private NGramScore complete() {
        if (node == CharacterTrie.ROOT) {
            return words;
        }
        return words.append(node == CharacterTrie.NONE ? CharacterTrie.NONE : vocabulary.word(node));
    }

    @Override
    public double score() {
        return node == CharacterTrie.NONE ? words.score() - words.rules().unknownCost() : words.score();
    }

    @Override
    public double endScore() {
        return complete().end().score();
    }
}
