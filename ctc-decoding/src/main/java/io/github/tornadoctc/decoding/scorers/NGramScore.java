package io.github.tornadoctc.decoding.scorers;

/**
 * The score of a sequence of words.
 *
 * @param node the words that the next one depends on
 * @param score of the words so far, in nats
 */
record NGramScore(Rules rules, int node, double score) {

    /**
     * What is the same for every sequence.
     *
     * @param factor from log₁₀ p to a score
     * @param bonus of a word
     * @param unknownCost of an unknown word, beside its probability
     * @param unknown the word that stands for unknown ones, or none
     * @param end the word after the last one, or none
     */
    record Rules(NGramTrie trie, double factor, double bonus, double unknownCost, int unknown, int end) {}

    /** With one more word, or an unknown one if it is {@link CharacterTrie#NONE}. */
    NGramScore append(int word) {
        if (word != CharacterTrie.NONE) {
            return new NGramScore(rules, rules.trie.after(node, word), score + probability(word) + rules.bonus);
        }
        double cost = rules.bonus - rules.unknownCost;
        // after a word that it does not know, a model without a word for it remembers nothing
        return rules.unknown == CharacterTrie.NONE
                ? new NGramScore(rules, NGramTrie.ROOT, score + cost)
                : new NGramScore(
                        rules, rules.trie.after(node, rules.unknown), score + probability(rules.unknown) + cost);
    }

    /** With the end of the sentence. */
    NGramScore end() {
        return rules.end == CharacterTrie.NONE ? this : new NGramScore(rules, node, score + probability(rules.end));
    }

    /** A probability of 0 has no say if its weight is 0, which 0 · ∞ would. */
    private double probability(int word) {
        return rules.factor == 0 ? 0 : rules.factor * rules.trie.logProbability(node, word);
    }
}
