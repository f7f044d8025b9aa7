package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.decoding.BestPath;
import io.github.tornadoctc.decoding.Decoding;
import io.github.tornadoctc.decoding.Hypothesis;
import io.github.tornadoctc.decoding.errors.ErrorRates;
import java.io.PrintWriter;
import java.util.List;

/** What a batch says, for people. */
final class DecodedTable {
    private DecodedTable() {}

    static void print(PrintWriter out, DecodedBatch decoded, boolean compared) {
        (decoded.greedy() ? ofPaths(decoded) : ofHypotheses(decoded)).print(out);
        if (compared) {
            ErrorRates errors = decoded.errors();
            out.println();
            if (decoded.tokens() != null) {
                out.println(ErrorTable.line("CER", errors.characters(), "characters"));
            }
            out.println(ErrorTable.line(
                    decoded.tokens() == null ? "labels" : "WER",
                    errors.words(),
                    decoded.tokens() == null ? "labels" : "words"));
        }
    }

    private static Table ofPaths(DecodedBatch decoded) {
        Table table = new Table().right("utterance").right("score").left("text");
        for (int b = 0; b < decoded.paths().size(); b++) {
            BestPath path = decoded.paths().get(b);
            table.row(b, Numbers.loss(path.score()), orStatus(path.status(), decoded.text(path.labels())));
        }
        return table;
    }

    private static Table ofHypotheses(DecodedBatch decoded) {
        Table table = new Table()
                .right("utterance")
                .right("score")
                .right("acoustic")
                .right("scorer")
                .left("text");
        for (int b = 0; b < decoded.decodings().size(); b++) {
            Decoding decoding = decoded.decodings().get(b);
            List<Hypothesis> hypotheses = decoding.hypotheses();
            if (hypotheses.isEmpty()) {
                table.row(b, "", "", "", decoding.status());
            }
            for (Hypothesis hypothesis : hypotheses) {
                table.row(
                        b,
                        Numbers.loss(hypothesis.score()),
                        Numbers.loss(hypothesis.acousticScore()),
                        Numbers.loss(hypothesis.scorerScore()),
                        decoded.text(hypothesis.labels()));
            }
        }
        return table;
    }

    private static String orStatus(CtcStatus status, String text) {
        return status == CtcStatus.OK ? text : status.toString();
    }
}
