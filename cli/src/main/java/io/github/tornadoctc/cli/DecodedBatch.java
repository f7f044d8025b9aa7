package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.decoding.BeamSearchDecoder;
import io.github.tornadoctc.decoding.BeamSearchOptions;
import io.github.tornadoctc.decoding.BestPath;
import io.github.tornadoctc.decoding.Decoding;
import io.github.tornadoctc.decoding.GreedyDecoder;
import io.github.tornadoctc.decoding.Rescoring;
import io.github.tornadoctc.decoding.errors.ErrorRates;
import io.github.tornadoctc.io.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a batch says.
 *
 * @param tokens what its symbols stand for, if that is known
 * @param paths of each utterance, if the best path was taken, else none
 * @param decodings of each utterance, if there was a beam search, else none
 */
record DecodedBatch(CtcBatch batch, @Nullable Tokens tokens, List<BestPath> paths, List<Decoding> decodings) {

    static DecodedBatch of(CtcBatch batch, @Nullable Tokens tokens, BeamSearchOptions options) {
        return options.beamWidth() == 1
                ? new DecodedBatch(batch, tokens, GreedyDecoder.decode(batch, options.scores()), List.of())
                : new DecodedBatch(batch, tokens, List.of(), new BeamSearchDecoder(options).decode(batch));
    }

    /** The same labellings with the probability of all their paths. */
    DecodedBatch rescored(Scores scores, int threads) {
        try (CtcBackend backend =
                CtcBackends.open("cpu", CtcConfiguration.defaults().withMaxThreads(threads))) {
            return new DecodedBatch(batch, tokens, paths, Rescoring.of(backend, batch, decodings, scores));
        }
    }

    /** Whether these are best paths. */
    boolean greedy() {
        return decodings.isEmpty();
    }

    String text(int... labels) {
        return TokenOptions.text(tokens, labels);
    }

    /** The best labelling of each utterance, on one line; empty where there is none. */
    List<String> bestTexts() {
        return bestLabels().stream()
                .map(labels -> text(labels).replaceAll("\\R", " "))
                .toList();
    }

    private List<int[]> bestLabels() {
        if (greedy()) {
            return paths.stream().map(BestPath::labels).toList();
        }
        return decodings.stream()
                .map(decoding -> decoding.hypotheses().isEmpty()
                        ? new int[0]
                        : decoding.best().labels())
                .toList();
    }

    /** Against the targets: by characters of texts, or by labels where these are not known. */
    ErrorRates errors() {
        List<String> references = new ArrayList<>();
        for (int b = 0; b < batch.batchSize(); b++) {
            references.add(comparable(batch.target(b)));
        }
        return ErrorRates.of(
                references, bestLabels().stream().map(this::comparable).toList());
    }

    private String comparable(int... labels) {
        return tokens != null
                ? tokens.text(labels)
                : Arrays.stream(labels).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }
}
