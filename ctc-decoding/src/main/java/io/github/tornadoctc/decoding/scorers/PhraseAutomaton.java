package io.github.tornadoctc.decoding.scorers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds all phrases in a text, one character at a time: A. V. Aho, M. J. Corasick, <i>Efficient String Matching: An Aid to
 * Bibliographic Search</i>, Communications of the ACM 18 (6), 1975. Phrases have a space at both ends here, so that they
 * begin and end with words; a text has one in front, and at its end one that is not written.
 */
final class PhraseAutomaton {
    private static final char SPACE = ' ';

    private final CharacterTrie trie = new CharacterTrie();
    /** Of each node: that of the longest phrase's beginning that its text ends in, itself apart. */
    private final int[] fallBacks;
    /** Of each node: the bonuses of the phrases that its text ends in, added up. */
    private final double[] completed;
    /** Of each node: the largest share of a bonus that a phrase which is not complete has earned. */
    private final double[] partial;

    PhraseAutomaton(Map<String, Double> bonuses) {
        List<String> phrases = new ArrayList<>();
        List<Double> ofPhrases = new ArrayList<>();
        bonuses.forEach((phrase, bonus) -> {
            String between = SPACE + String.join(" ", phrase.strip().split("\\s+")) + SPACE;
            trie.add(between, phrases.size());
            phrases.add(between);
            ofPhrases.add(bonus);
        });
        fallBacks = new int[trie.size()];
        completed = new double[trie.size()];
        partial = new double[trie.size()];
        int longest = phrases.stream().mapToInt(String::length).max().orElse(0);
        // by length: what a node falls back to is shorter, and so is done before it
        for (int length = 1; length <= longest; length++) {
            for (int i = 0; i < phrases.size(); i++) {
                if (phrases.get(i).length() >= length) {
                    visit(phrases.get(i), length, ofPhrases, ofPhrases.get(i));
                }
            }
        }
    }

    private void visit(String phrase, int length, List<Double> bonuses, double bonus) {
        int parent = CharacterTrie.ROOT;
        for (int i = 0; i < length - 1; i++) {
            parent = trie.child(parent, phrase.charAt(i));
        }
        char last = phrase.charAt(length - 1);
        int node = trie.child(parent, last);
        int fallBack = length == 1 ? CharacterTrie.ROOT : next(fallBacks[parent], last);
        int ending = trie.word(node);
        fallBacks[node] = fallBack;
        completed[node] = completed[fallBack] + (ending == CharacterTrie.NONE ? 0 : bonuses.get(ending));
        // the first and the last character are spaces, and only the last is still to come
        double earned = length == phrase.length() ? 0 : bonus * (length - 1) / (phrase.length() - 1);
        partial[node] = Math.max(Math.max(partial[node], partial[fallBack]), earned);
    }

    private int next(int node, char character) {
        int at = node;
        while (at != CharacterTrie.ROOT && trie.child(at, character) == CharacterTrie.NONE) {
            at = fallBacks[at];
        }
        int child = trie.child(at, character);
        return child == CharacterTrie.NONE ? CharacterTrie.ROOT : child;
    }

    TextState start() {
        return new Match(this, next(CharacterTrie.ROOT, SPACE), true, 0);
    }

    /**
     * A place in a text.
     *
     * @param node the longest beginning of a phrase that the text ends in
     * @param afterSpace whether a word begins here
     * @param complete the bonuses of the phrases that are complete
     */
    private record Match(PhraseAutomaton phrases, int node, boolean afterSpace, double complete) implements TextState {
        @Override
        public TextState append(char character) {
            boolean space = character == SPACE;
            if (space && afterSpace) {
                return this;
            }
            int next = phrases.next(node, character);
            return new Match(phrases, next, space, complete + phrases.completed[next]);
        }

        @Override
        public double score() {
            return complete + phrases.partial[node];
        }

        @Override
        public double endScore() {
            return afterSpace ? complete : complete + phrases.completed[phrases.next(node, SPACE)];
        }
    }
}
