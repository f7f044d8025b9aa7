package io.github.tornadoctc.examples.ocr;

import io.github.tornadoctc.AlignedSpan;
import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.align.Confidence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** How well each measure of confidence tells lines with their own texts from lines with others'. */
final class Separation {
    /** Every line is aligned with the texts of so many others. */
    private static final int WRONG = 10;

    /** A number that is to be larger for the right text. */
    private interface Measure {
        double of(CtcAlignment alignment, CtcOccupation occupation, double best);
    }

    private record Named(String name, Measure measure, List<Double> right, List<Double> wrong) {
        Named(String name, Measure measure) {
            this(name, measure, new ArrayList<>(), new ArrayList<>());
        }

        /** The smallest share of errors that a threshold between right and wrong makes, the mean of both kinds'. */
        double leastErrors() {
            double least = 1;
            for (double threshold : right) {
                double missed = right.stream().filter(r -> r < threshold).count() / (double) right.size();
                double taken = wrong.stream().filter(w -> w >= threshold).count() / (double) wrong.size();
                least = Math.min(least, (missed + taken) / 2);
            }
            return least;
        }
    }

    private Separation() {}

    static void print(CtcBackend backend, CtcBatch batch) {
        List<Named> measures = List.of(
                new Named("label confidences, geometric mean", (a, o, best) -> Confidence.of(a, o)
                        .ofUtterance()),
                new Named(
                        "label confidences, mean",
                        (a, o, best) -> confidences(a, o).average().orElse(1)),
                new Named(
                        "label confidences, least",
                        (a, o, best) -> confidences(a, o).min().orElse(1)),
                new Named("log-probability of labels' frames, mean", (a, o, best) -> a.spans().stream()
                        .mapToDouble(AlignedSpan::score)
                        .average()
                        .orElse(0)),
                new Named("path's log-probability per frame", (a, o, best) -> a.score() / a.frames()),
                new Named(
                        "path's log-probability per label",
                        (a, o, best) -> a.score() / a.spans().size()),
                new Named(
                        "less the best path's, per label",
                        (a, o, best) -> (a.score() - best) / a.spans().size()));
        for (int shift = 0; shift <= WRONG; shift++) {
            add(backend, batch, shift, measures);
        }
        System.out.printf("%-42s %8s %8s %12s %12s%n", "measure", "area", "errors", "least right", "largest wrong");
        for (Named named : measures) {
            System.out.printf(
                    "%-42s %8.4f %8.4f %12.4g %12.4g%n",
                    named.name,
                    RocArea.of(named.right, named.wrong),
                    named.leastErrors(),
                    named.right.stream().mapToDouble(x -> x).min().orElseThrow(),
                    named.wrong.stream().mapToDouble(x -> x).max().orElseThrow());
        }
        System.out.printf(
                "%d right texts, %d wrong ones%n",
                measures.getFirst().right.size(), measures.getFirst().wrong.size());
    }

    private static void add(CtcBackend backend, CtcBatch batch, int shift, List<Named> measures) {
        int count = batch.batchSize();
        CtcBatch shifted = batch.withTargets(IntStream.range(0, count)
                .mapToObj(b -> batch.target((b + shift) % count))
                .toArray(int[][]::new));
        List<CtcAlignment> alignments = backend.operation(CtcAligner.class)
                .orElseThrow()
                .align(shifted, AlignmentOptions.defaults().withScores(Scores.LOG_PROBS));
        List<CtcOccupation> occupations =
                backend.operation(CtcPosteriors.class).orElseThrow().posteriors(shifted, Scores.LOG_PROBS);
        for (int b = 0; b < count; b++) {
            // a text that is too long for a line needs no confidence to be known as wrong
            if (alignments.get(b).status() == CtcStatus.OK) {
                for (Named named : measures) {
                    double value = named.measure.of(alignments.get(b), occupations.get(b), bestPath(batch, b));
                    (shift == 0 ? named.right : named.wrong).add(value);
                }
            }
        }
    }

    private static DoubleStream confidences(CtcAlignment alignment, CtcOccupation occupation) {
        Confidence confidence = Confidence.of(alignment, occupation);
        return IntStream.range(0, confidence.labels()).mapToDouble(confidence::ofLabel);
    }

    /** The log-probability of the most probable path of all, whatever it says. */
    private static double bestPath(CtcBatch batch, int b) {
        double sum = 0;
        for (int t = 0; t < batch.inputLength(b); t++) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int v = 0; v < batch.symbols(); v++) {
                largest = Math.max(largest, batch.score(t, b, v));
            }
            sum += largest;
        }
        return sum;
    }
}
