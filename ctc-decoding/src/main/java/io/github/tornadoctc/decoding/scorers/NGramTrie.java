package io.github.tornadoctc.decoding.scorers;

import io.github.tornadoctc.io.ArpaFile;
import java.util.Arrays;

/**
 * The n-grams of a model as a tree: a node for every n-gram, below that of its first n − 1 words. Each node knows the one
 * without its first word, which is where a search backs off to.
 */
final class NGramTrie {
    static final int ROOT = 0;
    private static final int NONE = LongIntMap.ABSENT;

    private final int order;
    private final LongIntMap children = new LongIntMap();
    private int[] depths;
    private int[] suffixes;
    /** log₁₀ p, or NaN where there is no n-gram but longer ones that begin with it. */
    private float[] logProbabilities;

    private float[] backOffs;
    private int nodes;

    /**
     * The tree of a file's n-grams.
     *
     * @throws IllegalArgumentException if an n-gram is there twice
     */
    NGramTrie(ArpaFile file) {
        this.order = file.order();
        long room = 1;
        for (int n = 1; n <= order; n++) {
            room += file.count(n);
        }
        int size = (int) Math.min(room, Integer.MAX_VALUE - 8);
        depths = new int[size];
        suffixes = new int[size];
        logProbabilities = new float[size];
        backOffs = new float[size];
        nodes = 1;
        logProbabilities[ROOT] = Float.NaN;
        for (int n = 1; n <= order; n++) {
            for (int i = 0; i < file.count(n); i++) {
                add(file, n, i);
            }
        }
    }

    private void add(ArpaFile file, int n, int i) {
        int node = ROOT;
        for (int k = 0; k < n; k++) {
            node = childOrNew(node, file.word(n, i, k));
        }
        if (!Float.isNaN(logProbabilities[node])) {
            throw new IllegalArgumentException("the %d-gram \"%s\" is there twice".formatted(n, file.text(n, i)));
        }
        logProbabilities[node] = file.logProbability(n, i);
        backOffs[node] = file.backOff(n, i);
    }

    private int childOrNew(int parent, int word) {
        int child = child(parent, word);
        if (child != NONE) {
            return child;
        }
        if (nodes == depths.length) {
            // only where pruning has left n-grams without the shorter ones that they begin with
            int size = Math.addExact(nodes, nodes / 2 + 1);
            depths = Arrays.copyOf(depths, size);
            suffixes = Arrays.copyOf(suffixes, size);
            logProbabilities = Arrays.copyOf(logProbabilities, size);
            backOffs = Arrays.copyOf(backOffs, size);
        }
        int node = nodes++;
        depths[node] = depths[parent] + 1;
        logProbabilities[node] = Float.NaN;
        suffixes[node] = parent == ROOT ? ROOT : after(suffixes[parent], word);
        children.put(key(parent, word), node);
        return node;
    }

    int order() {
        return order;
    }

    private int child(int node, int word) {
        return children.get(key(node, word));
    }

    /** The longest n-gram, as context of the next word, that the text ends in: of the words of a node and one more. */
    int after(int node, int word) {
        int at = depths[node] < order ? node : suffixes[node];
        int child = child(at, word);
        while (child == NONE && at != ROOT) {
            at = suffixes[at];
            child = child(at, word);
        }
        return child == NONE ? ROOT : child;
    }

    /** log₁₀ p of a word after the words of a node; the word is one of the model's. */
    double logProbability(int node, int word) {
        double backedOff = 0;
        int at = node;
        int child = child(at, word);
        while (at != ROOT && (child == NONE || Float.isNaN(logProbabilities[child]))) {
            backedOff += backOffs[at];
            at = suffixes[at];
            child = child(at, word);
        }
        return backedOff + logProbabilities[child];
    }

    private static long key(int node, int word) {
        return (long) node << Integer.SIZE | word;
    }
}
