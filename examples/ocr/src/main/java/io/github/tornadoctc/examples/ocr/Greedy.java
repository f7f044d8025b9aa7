package io.github.tornadoctc.examples.ocr;

import java.util.Arrays;

/** Reads a line the simple way: the likeliest symbol of each time step, repeats merged, blanks dropped. */
final class Greedy {
    private Greedy() {}

    /** The labels read from scores {@code [t][v]}. */
    static int[] read(float[][] scores) {
        return collapse(Arrays.stream(scores).mapToInt(Greedy::likeliest).toArray());
    }

    /** The labels of a path of one symbol per time step. */
    static int[] collapse(int... path) {
        int[] labels = new int[path.length];
        int count = 0;
        int previous = Symbols.BLANK;
        for (int symbol : path) {
            if (symbol != Symbols.BLANK && symbol != previous) {
                labels[count++] = symbol;
            }
            previous = symbol;
        }
        return Arrays.copyOf(labels, count);
    }

    private static int likeliest(float[] scores) {
        int best = 0;
        for (int v = 1; v < scores.length; v++) {
            if (scores[v] > scores[best]) {
                best = v;
            }
        }
        return best;
    }
}
