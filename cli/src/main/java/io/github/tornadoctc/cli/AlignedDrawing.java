package io.github.tornadoctc.cli;

import io.github.tornadoctc.AlignedSpan;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.align.Confidence;
import io.github.tornadoctc.explain.DrawnLabel;
import io.github.tornadoctc.explain.DrawnUtterance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is drawn of an aligned utterance. */
final class AlignedDrawing {
    private AlignedDrawing() {}

    /** Why an utterance cannot be drawn; empty if it can. */
    static Optional<String> obstacle(AlignedBatch aligned, int b) {
        CtcAlignment alignment = aligned.alignments().get(b);
        if (alignment.status() != CtcStatus.OK) {
            return Optional.of(alignment.status().toString());
        }
        return alignment.frames() == 0 ? Optional.of("it has no frames") : Optional.empty();
    }

    /**
     * What is drawn.
     *
     * @throws IllegalArgumentException if there is an {@link #obstacle}
     */
    static DrawnUtterance of(AlignedBatch aligned, int b) {
        CtcAlignment alignment = aligned.alignments().get(b);
        Confidence confidence = aligned.confidences().get(b);
        Optional<String> obstacle = obstacle(aligned, b);
        if (confidence == null || obstacle.isPresent()) {
            throw new IllegalArgumentException(
                    "utterance %d cannot be drawn: %s".formatted(b, obstacle.orElse("it has no confidences")));
        }
        List<DrawnLabel> labels = new ArrayList<>();
        for (AlignedSpan span : alignment.spans()) {
            String name = aligned.name(span.symbol());
            labels.add(new DrawnLabel(
                    name.isBlank() ? "␣" : name, span.start(), span.end(), confidence.ofLabel(span.label())));
        }
        String title = String.format(
                Locale.ROOT,
                "%s: score %s, confidence %.3f",
                aligned.utterance(b),
                Numbers.digits(alignment.score()),
                confidence.ofUtterance());
        return new DrawnUtterance(title, alignment.frames(), labels);
    }
}
