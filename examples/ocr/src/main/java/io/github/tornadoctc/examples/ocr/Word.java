package io.github.tornadoctc.examples.ocr;

import io.github.tornadoctc.align.Confidence;
import java.util.ArrayList;
import java.util.List;

/** Labels [from, to) of a target, without a space. */
record Word(int from, int to) {

    /** The words of a target, in their order. */
    static List<Word> all(int[] target, int space) {
        List<Word> words = new ArrayList<>();
        int from = 0;
        for (int u = 0; u <= target.length; u++) {
            if (u == target.length || target[u] == space) {
                if (u > from) {
                    words.add(new Word(from, u));
                }
                from = u + 1;
            }
        }
        return words;
    }

    /** The geometric mean of its labels'. */
    double confidence(Confidence ofTarget) {
        return ofTarget.ofLabels(from, to);
    }
}
