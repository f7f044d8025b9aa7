package io.github.tornadoctc.cli;

import io.github.tornadoctc.AlignedSpan;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.align.Confidence;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

/** Alignments as a table a piece. */
final class AlignedTable {
    private AlignedTable() {}

    static String text(AlignedBatch aligned, List<Integer> utterances, double frameSeconds) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        for (int b : utterances) {
            print(out, aligned, b, frameSeconds);
        }
        out.flush();
        return text.toString();
    }

    private static void print(PrintWriter out, AlignedBatch aligned, int b, double frameSeconds) {
        CtcAlignment alignment = aligned.alignments().get(b);
        Confidence confidence = aligned.confidences().get(b);
        if (confidence == null) {
            out.printf("utterance %d: %s%n%n", b, alignment.status());
            return;
        }
        out.printf(
                Locale.ROOT,
                "utterance %d: %d frames, score %s, confidence %.3f%n",
                b,
                alignment.frames(),
                Numbers.loss(alignment.score()),
                confidence.ofUtterance());
        boolean times = !Double.isNaN(frameSeconds);
        Table table = new Table().left("label").right("start").right("end");
        if (times) {
            table.right("seconds");
        }
        table.right("score").right("confidence");
        for (AlignedSpan span : alignment.spans()) {
            String score = String.format(Locale.ROOT, "%.4f", span.score());
            String sure = String.format(Locale.ROOT, "%.3f", confidence.ofLabel(span.label()));
            String name = aligned.name(span.symbol());
            if (times) {
                String seconds = String.format(Locale.ROOT, "%.3f", span.start() * frameSeconds);
                table.row(name, span.start(), span.end(), seconds, score, sure);
            } else {
                table.row(name, span.start(), span.end(), score, sure);
            }
        }
        table.print(out);
        out.println();
    }
}
