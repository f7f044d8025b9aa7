package io.github.tornadoctc.decoding.scorers;

import io.github.tornadoctc.decoding.Scorer;
import io.github.tornadoctc.io.BatchFileException;
import io.github.tornadoctc.io.TextFile;
import io.github.tornadoctc.io.Tokens;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** The words that there are. Any other costs something, at once where it goes off the beginnings of them. */
public final class Lexicon {
    private static final char SPACE = ' ';

    private final CharacterTrie words = new CharacterTrie();

    private Lexicon() {}

    /** A lexicon of these words. */
    public static Lexicon of(Collection<String> words) {
        Lexicon lexicon = new Lexicon();
        int number = 0;
        for (String word : words) {
            lexicon.words.add(word, number++);
        }
        return lexicon;
    }

    /**
     * Reads a UTF-8 file with a word on each line. What follows it after a blank, such as its spelling in tokens or its
     * count, is not looked at: words are known by their characters.
     *
     * @throws BatchFileException if the file cannot be read, or has no word
     */
    public static Lexicon read(Path file) throws BatchFileException {
        List<String> words = TextFile.lines(file).stream()
                .map(line -> line.strip().split("[ \t]+", 2)[0])
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            throw new BatchFileException(file + ": has no words");
        }
        return of(words);
    }

    /**
     * A scorer that takes {@code outOfVocabularyCost} off for every word of a text that is not in the lexicon.
     *
     * @param outOfVocabularyCost in nats, not negative; {@link Double#POSITIVE_INFINITY} forbids such words
     * @throws IllegalArgumentException if the cost is negative or NaN
     */
    public Scorer scorer(Tokens tokens, double outOfVocabularyCost) {
        if (!(outOfVocabularyCost >= 0)) {
            throw new IllegalArgumentException(
                    "outOfVocabularyCost = %s is not 0 or more".formatted(outOfVocabularyCost));
        }
        return new TextScorer(tokens, new Walk(words, outOfVocabularyCost, CharacterTrie.ROOT, 0));
    }

    /**
     * A place in the trie.
     *
     * @param node of the word so far, or none if no word begins so
     * @param score of the words so far
     */
    private record Walk(CharacterTrie words, double cost, int node, double score) implements TextState {
        @Override
        public TextState append(char character) {
            if (character == SPACE) {
                return new Walk(words, cost, CharacterTrie.ROOT, endScore());
            }
            if (node == CharacterTrie.NONE) {
                return this;
            }
            int child = words.child(node, character);
            return new Walk(words, cost, child, child == CharacterTrie.NONE ? score - cost : score);
        }

        @Override
        public double endScore() {
            boolean withinAWord = node != CharacterTrie.NONE && node != CharacterTrie.ROOT;
            return withinAWord && words.word(node) == CharacterTrie.NONE ? score - cost : score;
        }
    }
}
