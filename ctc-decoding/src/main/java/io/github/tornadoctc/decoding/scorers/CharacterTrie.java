package io.github.tornadoctc.decoding.scorers;

import java.util.Arrays;

/** Words by their characters: a node for every beginning of a word, node 0 for the empty one. */
final class CharacterTrie {
    static final int ROOT = 0;
    /** Where no word goes on, and where none ends. */
    static final int NONE = LongIntMap.ABSENT;

    private final LongIntMap children = new LongIntMap();
    private int[] words = {NONE};
    private int nodes = 1;

    /** Adds a word under a number; of the same word twice the first number stays. */
    void add(CharSequence word, int number) {
        int node = ROOT;
        for (int i = 0; i < word.length(); i++) {
            node = childOrNew(node, word.charAt(i));
        }
        if (words[node] == NONE) {
            words[node] = number;
        }
    }

    private int childOrNew(int node, char character) {
        int child = child(node, character);
        if (child != NONE) {
            return child;
        }
        if (nodes == words.length) {
            words = Arrays.copyOf(words, Math.multiplyExact(nodes, 2));
        }
        words[nodes] = NONE;
        children.put(key(node, character), nodes);
        return nodes++;
    }

    /** The node of one more character, or {@link #NONE}. */
    int child(int node, char character) {
        return children.get(key(node, character));
    }

    /** The number of the word that ends at a node, or {@link #NONE}. */
    int word(int node) {
        return words[node];
    }

    /** The number of nodes, which are 0 and those after it. */
    int size() {
        return nodes;
    }

    private static long key(int node, char character) {
        return (long) node << Character.SIZE | character;
    }
}
