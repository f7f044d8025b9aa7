package io.github.tornadoctc.decoding;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import java.util.ArrayList;
import java.util.List;

/**
 * Best path decoding: the likeliest symbol of each frame, repeats merged, blanks dropped. A. Graves, S. Fernández, F. Gomez,
 * J. Schmidhuber, <i>Connectionist Temporal Classification</i>, ICML 2006, section 3.2. Of equally likely symbols it is
 * the one with the smallest index.
 *
 * <p>It is not always the likeliest labelling, which many paths may add up to: that is what {@link BeamSearchDecoder}
 * looks for.
 */
public final class GreedyDecoder {
    private GreedyDecoder() {}

    /** The best path of every utterance. */
    public static List<BestPath> decode(CtcBatch batch, Scores scores) {
        List<BestPath> paths = new ArrayList<>();
        for (int b = 0; b < batch.batchSize(); b++) {
            paths.add(decode(batch, b, scores));
        }
        return paths;
    }

    /** The best path of utterance b. */
    public static BestPath decode(CtcBatch batch, int b, Scores scores) {
        Frame frame = new Frame(batch.symbols(), scores, 0, batch.symbols());
        BatchRows rows = new BatchRows(batch, b);
        List<Span> spans = new ArrayList<>();
        double pathScore = 0;
        int previous = batch.blank();
        int start = 0;
        double sum = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < batch.inputLength(b); t++) {
            if (!frame.read(rows.segment(), rows.row(t))) {
                return new BestPath(CtcStatus.NON_FINITE, List.of(), Double.NaN);
            }
            int symbol = frame.likeliest();
            double score = frame.logY(symbol);
            if (score == Double.NEGATIVE_INFINITY) {
                return new BestPath(CtcStatus.INFEASIBLE, List.of(), score);
            }
            pathScore += score;
            if (symbol != previous) {
                add(spans, previous, batch.blank(), start, t, sum, largest);
                start = t;
                sum = 0;
                largest = Double.NEGATIVE_INFINITY;
                previous = symbol;
            }
            sum += score;
            largest = Math.max(largest, score);
        }
        add(spans, previous, batch.blank(), start, batch.inputLength(b), sum, largest);
        return new BestPath(CtcStatus.OK, spans, pathScore);
    }

    private static void add(List<Span> spans, int symbol, int blank, int start, int end, double sum, double largest) {
        if (symbol != blank) {
            spans.add(new Span(symbol, start, end, sum / (end - start), Math.exp(largest)));
        }
    }
}
