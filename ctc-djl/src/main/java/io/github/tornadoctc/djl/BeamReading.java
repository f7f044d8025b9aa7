package io.github.tornadoctc.djl;

import io.github.tornadoctc.AlignedSpan;
import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcOperation;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.align.Confidence;
import io.github.tornadoctc.decoding.BeamSearchDecoder;
import io.github.tornadoctc.decoding.BeamSearchOptions;
import io.github.tornadoctc.decoding.Decoding;
import io.github.tornadoctc.decoding.Span;
import io.github.tornadoctc.io.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Reads by a beam search, and aligns what was found to tell where it is and how sure the scores are of it. */
final class BeamReading {
    private final BeamSearchOptions options;
    private final CtcAligner aligner;
    private final CtcPosteriors posteriors;

    BeamReading(BeamSearchOptions options, CtcBackend backend) {
        this.options = options;
        this.aligner = operation(backend, CtcAligner.class);
        this.posteriors = operation(backend, CtcPosteriors.class);
    }

    private static <T extends CtcOperation> T operation(CtcBackend backend, Class<T> type) {
        return backend.operation(type)
                .orElseThrow(() -> new IllegalArgumentException(
                        "backend = %s has no %s".formatted(backend.name(), type.getSimpleName())));
    }

    List<CtcReading> read(CtcBatch batch, Tokens tokens) {
        List<Decoding> decodings = new BeamSearchDecoder(options).decode(batch);
        int[][] found = decodings.stream()
                .map(decoding ->
                        decoding.status() == CtcStatus.OK ? decoding.best().labels() : new int[0])
                .toArray(int[][]::new);
        CtcBatch targets = batch.withTargets(found);
        List<CtcAlignment> alignments =
                aligner.align(targets, AlignmentOptions.defaults().withScores(options.scores()));
        List<CtcOccupation> occupations = posteriors.posteriors(targets, options.scores());
        List<CtcReading> readings = new ArrayList<>();
        for (int b = 0; b < found.length; b++) {
            CtcStatus status = decodings.get(b).status();
            readings.add(
                    status == CtcStatus.OK
                            ? reading(tokens.text(found[b]), alignments.get(b), occupations.get(b))
                            : CtcReading.nothing(status));
        }
        return readings;
    }

    private static CtcReading reading(String text, CtcAlignment alignment, CtcOccupation occupation) {
        Confidence confidence = Confidence.of(alignment, occupation);
        List<Span> labels = new ArrayList<>();
        for (AlignedSpan span : alignment.spans()) {
            labels.add(
                    new Span(span.symbol(), span.start(), span.end(), span.score(), confidence.ofLabel(span.label())));
        }
        return new CtcReading(CtcStatus.OK, text, labels, confidence.ofUtterance());
    }
}
