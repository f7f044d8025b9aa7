package io.github.tornadoctc.examples.ocr;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.decoding.GreedyDecoder;
import io.github.tornadoctc.decoding.Span;
import io.github.tornadoctc.decoding.errors.Edit;
import io.github.tornadoctc.decoding.errors.TextErrors;
import io.github.tornadoctc.io.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How well measures of confidence tell the characters that were read right from those that were not: the probability that
 * a right one has more of it than a wrong one, the area under the curve of the receiver operating characteristic.
 */
final class ConfidenceFigures {
    /**
     * A character that was read.
     *
     * @param least the smallest probability of its frames
     */
    private record Read(Span span, double least, boolean right) {}

    private ConfidenceFigures() {}

    static void print(CtcBatch batch, Tokens tokens) {
        List<Read> all = IntStream.range(0, batch.batchSize())
                .mapToObj(b -> read(batch, b, tokens))
                .flatMap(List::stream)
                .toList();
        System.out.printf(
                "confidence in %d characters right, %d wrong: area under the ROC curve %.3f for the largest"
                        + " probability of a character's frames, %.3f for their geometric mean, %.3f for the least%n",
                all.stream().filter(Read::right).count(),
                all.stream().filter(each -> !each.right).count(),
                area(all, each -> each.span.confidence()),
                area(all, each -> Math.exp(each.span.score())),
                area(all, Read::least));
    }

    private static List<Read> read(CtcBatch batch, int b, Tokens tokens) {
        List<Span> spans = GreedyDecoder.decode(batch, b, Scores.LOG_PROBS).spans();
        String hypothesis = tokens.text(spans.stream().mapToInt(Span::symbol).toArray());
        List<Read> read = new ArrayList<>();
        if (hypothesis.codePointCount(0, hypothesis.length()) != spans.size() || hypothesis.contains("  ")) {
            return read; // spaces at an end, or several: characters that the alignment does not have
        }
        for (Edit edit : TextErrors.of(tokens.text(batch.target(b)), hypothesis).characterEdits()) {
            if (edit.kind() != Edit.Kind.DELETION) {
                Span span = spans.get(read.size());
                double least = IntStream.range(span.start(), span.end())
                        .mapToDouble(t -> batch.score(t, b, span.symbol()))
                        .min()
                        .orElseThrow();
                read.add(new Read(span, Math.exp(least), edit.kind() == Edit.Kind.MATCH));
            }
        }
        return read;
    }

    private static double area(List<Read> all, ToDoubleFunction<Read> measure) {
        return RocArea.of(values(all, true, measure), values(all, false, measure));
    }

    private static List<Double> values(List<Read> all, boolean right, ToDoubleFunction<Read> measure) {
        return all.stream()
                .filter(each -> each.right == right)
                .map(measure::applyAsDouble)
                .toList();
    }
}
