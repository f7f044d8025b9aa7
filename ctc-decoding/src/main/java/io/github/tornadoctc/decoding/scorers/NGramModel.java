package io.github.tornadoctc.decoding.scorers;

import io.github.tornadoctc.decoding.Scorer;
import io.github.tornadoctc.io.ArpaFile;
import io.github.tornadoctc.io.BatchFileException;
import io.github.tornadoctc.io.Tokens;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A back-off n-gram model: the probability of a word after those before it. S. M. Katz, <i>Estimation of Probabilities from
 * Sparse Data for the Language Model Component of a Speech Recognizer</i>, IEEE Transactions on Acoustics, Speech, and Signal
 * Processing 35 (3), 1987, as files in the ARPA format have it: where an n-gram is missing, the probability is that of the
 * n-gram without its first word, times the back-off weight of the words that it was looked for after.
 *
 * <p>Berkeleylm, the one library for it that is all Java, takes a file that was cut off, or whose counts are not those of
 * its header, for a model, and gives other probabilities without a word.
 */
public final class NGramModel {
    static final String BEGIN = "<s>";
    static final String END = "</s>";
    private static final String[] UNKNOWN = {"<unk>", "<UNK>"};

    private final NGramTrie trie;
    private final List<String> words;
    private final Map<String, Integer> numbers = new HashMap<>();

    private NGramModel(ArpaFile file) {
        this.words = file.words();
        for (int word = 0; word < words.size(); word++) {
            numbers.put(words.get(word), word);
        }
        this.trie = new NGramTrie(file);
    }

    /**
     * Reads a model of any order.
     *
     * @param file in the ARPA format
     * @throws BatchFileException if it cannot be read or is not in that format, naming the line
     */
    public static NGramModel read(Path file) throws BatchFileException {
        ArpaFile arpa = ArpaFile.read(file);
        try {
            return new NGramModel(arpa);
        } catch (IllegalArgumentException e) {
            throw new BatchFileException("%s: %s".formatted(file, e.getMessage()));
        }
    }

    /** The n of the longest n-grams. */
    public int order() {
        return trie.order();
    }

    /** Whether a word is one of the model's. */
    public boolean knows(String word) {
        return numbers.containsKey(word);
    }

    /**
     * log₁₀ p of a sentence, which begins with {@code <s>} and ends with {@code </s>} where the model has these words. An
     * unknown word is {@code <unk>} where the model has it, and counts nothing where it has not.
     */
    public double logProbability(List<String> sentence) {
        NGramScore score = start(1, 0, 0);
        for (String word : sentence) {
            score = score.append(number(word));
        }
        return score.end().score() / Math.log(10);
    }

    private int number(String word) {
        return numbers.getOrDefault(word, CharacterTrie.NONE);
    }

    private int unknown() {
        return Arrays.stream(UNKNOWN)
                .mapToInt(this::number)
                .filter(number -> number != CharacterTrie.NONE)
                .findFirst()
                .orElse(CharacterTrie.NONE);
    }

    private NGramScore start(double weight, double wordBonus, double unknownCost) {
        NGramScore.Rules rules =
                new NGramScore.Rules(trie, weight * Math.log(10), wordBonus, unknownCost, unknown(), number(END));
        int begin = number(BEGIN);
        int node = begin == CharacterTrie.NONE ? NGramTrie.ROOT : trie.after(NGramTrie.ROOT, begin);
        return new NGramScore(rules, node, 0);
    }

    /**
     * A scorer of a text's words, each when it is complete.
     *
     * @param weight what the logarithms of probabilities are multiplied by, not negative
     * @param wordBonus what is added for every word, in nats, against the preference for few of them
     * @param outOfVocabularyCost what an unknown word costs in nats, not negative, beside its probability as
     *     {@code <unk>}; it is charged at once where no word of the model begins like the text
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Scorer scorerOfWords(Tokens tokens, double weight, double wordBonus, double outOfVocabularyCost) {
        check(weight, wordBonus, outOfVocabularyCost);
        CharacterTrie vocabulary = new CharacterTrie();
        for (int word = 0; word < words.size(); word++) {
            if (!isMark(word)) {
                vocabulary.add(words.get(word), word);
            }
        }
        NGramScore start = start(weight, wordBonus, outOfVocabularyCost);
        return new TextScorer(tokens, new NGramText(vocabulary, CharacterTrie.ROOT, start));
    }

    /**
     * A scorer of the tokens themselves, for a model whose words are tokens.
     *
     * @see #scorerOfWords(Tokens, double, double, double)
     */
    public Scorer scorerOfTokens(Tokens tokens, double weight, double tokenBonus, double outOfVocabularyCost) {
        check(weight, tokenBonus, outOfVocabularyCost);
        int[] ofTokens = new int[tokens.size()];
        for (int symbol = 0; symbol < ofTokens.length; symbol++) {
            int word = number(tokens.token(symbol));
            ofTokens[symbol] = word != CharacterTrie.NONE && isMark(word) ? CharacterTrie.NONE : word;
        }
        return new TokenScorer(ofTokens, start(weight, tokenBonus, outOfVocabularyCost));
    }

    /** What is not said, though it is among the words of the model. */
    private boolean isMark(int word) {
        return word == number(BEGIN) || word == number(END) || word == unknown();
    }

    private static void check(double weight, double bonus, double outOfVocabularyCost) {
        if (!(weight >= 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException("weight = %s is not 0 or more".formatted(weight));
        }
        if (!Double.isFinite(bonus)) {
            throw new IllegalArgumentException("bonus = %s is not finite".formatted(bonus));
        }
        if (!(outOfVocabularyCost >= 0)) {
            throw new IllegalArgumentException(
                    "outOfVocabularyCost = %s is not 0 or more".formatted(outOfVocabularyCost));
        }
    }
}
