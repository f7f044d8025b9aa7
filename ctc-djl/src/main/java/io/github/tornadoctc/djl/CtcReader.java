package io.github.tornadoctc.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.decoding.BeamSearchOptions;
import io.github.tornadoctc.decoding.BestPath;
import io.github.tornadoctc.decoding.GreedyDecoder;
import io.github.tornadoctc.decoding.Span;
import io.github.tornadoctc.io.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts from a network's scores: by the best path, or by a beam search, which can have a lexicon, a language model or
 * hot words.
 *
 * <p>It may be shared by threads. Arrays of any engine of DJL will do; those of PyTorch on the CPU are not copied.
 */
public final class CtcReader {
    private static final int AXES_OF_ONE = 2;

    private final ScoreFormat format;
    private final Tokens tokens;
    private final @Nullable BeamReading beam;

    /**
     * A reader by the best path: the likeliest symbol of every frame, repeats merged, blanks dropped. The confidence of a
     * label is the largest probability of its frames.
     *
     * @param tokens what each of the V symbols stands for, as {@link Tokens#forBatch} gives them
     */
    public CtcReader(ScoreFormat format, Tokens tokens) {
        this(format, tokens, null);
    }

    private CtcReader(ScoreFormat format, Tokens tokens, @Nullable BeamReading beam) {
        this.format = format;
        this.tokens = tokens;
        this.beam = beam;
    }

    /**
     * The same by a beam search. Confidences are those of {@link io.github.tornadoctc.align.Confidence}.
     *
     * @param options how to search, but for what the scores are, which the format says
     * @param backend what aligns the labels that were found; it stays the caller's to close
     * @throws IllegalArgumentException if the backend cannot align
     */
    public CtcReader withBeam(BeamSearchOptions options, CtcBackend backend) {
        return new CtcReader(format, tokens, new BeamReading(options.withScores(format.scores()), backend));
    }

    /**
     * What each of B utterances says.
     *
     * @param predictions scores {@code [B, T, V]} or {@code [T, B, V]}, as the format says, and inputLengths {@code [B]} if
     *     the network gives them
     * @throws IllegalArgumentException if they are anything else, or V is not the number of tokens
     */
    public List<CtcReading> read(NDList predictions) {
        try (Predictions scores = new Predictions(predictions, format)) {
            CtcBatch batch = scores.batch();
            if (batch.symbols() != tokens.size()) {
                throw new IllegalArgumentException("predictions is of %d symbols, but there are %d tokens"
                        .formatted(batch.symbols(), tokens.size()));
            }
            return beam == null ? bestPaths(batch) : beam.read(batch, tokens);
        }
    }

    /**
     * What one utterance says.
     *
     * @param predictions scores {@code [T, V]}, and inputLengths of one element if the network gives them
     * @throws IllegalArgumentException as {@link #read} does
     */
    public CtcReading readOne(NDList predictions) {
        NDArray scores = predictions.isEmpty() ? null : predictions.get(0);
        if (scores == null || scores.getShape().dimension() != AXES_OF_ONE) {
            throw new IllegalArgumentException("predictions has %s, but the scores of one utterance are [T, V]"
                    .formatted(scores == null ? "0 arrays" : "the shape " + scores.getShape()));
        }
        NDList batch = new NDList(predictions);
        try (NDArray ofOne = scores.expandDims(format.layout() == Layout.BATCH_MAJOR ? 0 : 1)) {
            batch.set(0, ofOne);
            return read(batch).getFirst();
        }
    }

    private List<CtcReading> bestPaths(CtcBatch batch) {
        List<CtcReading> readings = new ArrayList<>();
        for (BestPath path : GreedyDecoder.decode(batch, format.scores())) {
            readings.add(
                    path.status() == CtcStatus.OK
                            ? new CtcReading(
                                    path.status(), tokens.text(path.labels()), path.spans(), mean(path.spans()))
                            : CtcReading.nothing(path.status()));
        }
        return readings;
    }

    private static double mean(List<Span> spans) {
        return Math.exp(spans.stream()
                .mapToDouble(span -> Math.log(span.confidence()))
                .average()
                .orElse(0));
    }
}
