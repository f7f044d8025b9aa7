package io.github.tornadoctc.cli;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcOperation;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.align.Confidence;
import io.github.tornadoctc.align.Transcript;
import io.github.tornadoctc.io.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A batch and when its utterances say what.
 *
 * @param tokens what symbols stand for, or null
 * @param confidences null of an utterance without a path
 * @param stem of the names of utterances
 */
record AlignedBatch(
        CtcBatch batch,
        @Nullable Tokens tokens,
        List<CtcAlignment> alignments,
        List<@Nullable Confidence> confidences,
        String stem) {

    /** Aligns a batch that was read from a file. */
    static AlignedBatch of(
            CtcBackend backend, CtcBatch batch, @Nullable Tokens tokens, AlignmentOptions options, Path file) {
        List<CtcAlignment> alignments = operation(backend, CtcAligner.class).align(batch, options);
        List<CtcOccupation> occupations =
                operation(backend, CtcPosteriors.class).posteriors(batch, options.scores());
        List<@Nullable Confidence> confidences = new ArrayList<>();
        for (int b = 0; b < batch.batchSize(); b++) {
            confidences.add(
                    alignments.get(b).status() == CtcStatus.OK
                            ? Confidence.of(alignments.get(b), occupations.get(b))
                            : null);
        }
        String name = String.valueOf(file.getFileName());
        return new AlignedBatch(batch, tokens, alignments, confidences, name.replaceFirst("\\.[^.]*$", ""));
    }

    /**
     * An operation of a backend.
     *
     * @throws BackendUnavailableException if it has none
     */
    static <T extends CtcOperation> T operation(CtcBackend backend, Class<T> type) {
        return backend.operation(type)
                .orElseThrow(() -> new BackendUnavailableException(
                        "backend %s has no %s".formatted(backend.name(), type.getSimpleName())));
    }

    /** What symbol v is called: its token, or its number. */
    String name(int v) {
        return tokens == null ? Integer.toString(v) : tokens.token(v);
    }

    /** The name of utterance b in formats that have one: without spaces. */
    String utterance(int b) {
        return stem.replaceAll("\\s", "_") + "-" + b;
    }

    /** Utterance b as text with times; its symbols are called by their numbers where there are no tokens. */
    Transcript transcript(int b, double frameSeconds) {
        Confidence confidence = confidences.get(b);
        if (confidence == null) {
            return Transcript.empty(utterance(b), batch.inputLength(b) * frameSeconds);
        }
        CtcAlignment alignment = alignments.get(b);
        return tokens == null
                ? Transcript.of(utterance(b), alignment, confidence, frameSeconds, v -> " " + v, true)
                : Transcript.of(utterance(b), alignment, confidence, frameSeconds, tokens::piece, areSpaced(tokens));
    }

    private static boolean areSpaced(Tokens tokens) {
        return IntStream.range(0, tokens.size()).mapToObj(tokens::piece).anyMatch(piece -> piece.contains(" "));
    }
}
