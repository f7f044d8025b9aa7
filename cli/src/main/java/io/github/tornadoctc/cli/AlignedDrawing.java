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

/** What is drawn of an aligned utterance. */
final class AlignedDrawing {
    private AlignedDrawing() {}

    static DrawnUtterance of(AlignedBatch aligned, int b) {
        CtcAlignment alignment = aligned.alignments().get(b);
        Confidence confidence = aligned.confidences().get(b);
        if (confidence == null || alignment.frames() == 0) {
            throw new IllegalArgumentException("utterance %d cannot be drawn: %s"
                    .formatted(b, alignment.status() == CtcStatus.OK ? "it has no frames" : alignment.status()));
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
