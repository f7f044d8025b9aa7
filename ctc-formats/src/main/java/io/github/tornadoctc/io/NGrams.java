package io.github.tornadoctc.io;

import java.util.Arrays;

/** The n-grams of one n, which become more. */
final class NGrams {
    private static final int FIRST_ROOM = 8;

    private final int n;
    private int count;
    private int[] words;
    private float[] logProbabilities = new float[FIRST_ROOM];
    private float[] backOffs = new float[FIRST_ROOM];

    /** None yet. The words of 1-grams are not kept, being their numbers. */
    NGrams(int n) {
        this.n = n;
        this.words = new int[n == 1 ? 0 : FIRST_ROOM * n];
    }

    /** Adds one; false if there is no room for so many in an array. */
    boolean add(int[] ofWords, float logProbability, float backOff) {
        if (count == logProbabilities.length) {
            int room = (int) Math.min(2L * count, Integer.MAX_VALUE / Math.max(n, 2) - FIRST_ROOM);
            if (room <= count) {
                return false;
            }
            logProbabilities = Arrays.copyOf(logProbabilities, room);
            backOffs = Arrays.copyOf(backOffs, room);
            words = n == 1 ? words : Arrays.copyOf(words, room * n);
        }
        if (n > 1) {
            System.arraycopy(ofWords, 0, words, count * n, n);
        }
        logProbabilities[count] = logProbability;
        backOffs[count] = backOff;
        count++;
        return true;
    }

    int count() {
        return count;
    }

    int word(int i, int k) {
        return words[i * n + k];
    }

    float logProbability(int i) {
        return logProbabilities[i];
    }

    float backOff(int i) {
        return backOffs[i];
    }
}
