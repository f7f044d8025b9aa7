package io.github.tornadoctc.examples.training;

import java.util.Arrays;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Best path decoding: the likeliest symbol of every frame, repeats merged, blanks (symbol 0) dropped. */
final class GreedyDecoder {
    private GreedyDecoder() {}

    /** The labels of utterance b, from time-major scores. */
    static int[] decode(FloatArray scores, Utterances utterances, int b) {
        int[] labels = new int[utterances.inputLengths[b]];
        int length = 0;
        int previous = 0;
        for (int t = 0; t < utterances.inputLengths[b]; t++) {
            int symbol = likeliest(scores, (t * utterances.batchSize + b) * utterances.symbols, utterances.symbols);
            if (symbol != 0 && symbol != previous) {
                labels[length++] = symbol;
            }
            previous = symbol;
        }
        return Arrays.copyOf(labels, length);
    }

    private static int likeliest(FloatArray scores, int row, int symbols) {
        int best = 0;
        for (int v = 1; v < symbols; v++) {
            best = scores.get(row + v) > scores.get(row + best) ? v : best;
        }
        return best;
    }
}
