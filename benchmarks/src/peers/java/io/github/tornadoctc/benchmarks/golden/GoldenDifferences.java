package io.github.tornadoctc.benchmarks.golden;

import static io.github.tornadoctc.benchmarks.golden.GoldenInput.gaussian;
import static io.github.tornadoctc.benchmarks.golden.GoldenInput.random;
import static java.lang.Float.NaN;

import io.github.tornadoctc.Reduction;
import java.util.List;
import java.util.stream.Stream;

/** Cases that libtorch answers with NaN, or accepts, where this project does not. The first word says which kind. */
final class GoldenDifferences {
    private static final float MASKED = Float.NEGATIVE_INFINITY;
    /** Low enough for a probability of 0 in double. */
    private static final float VERY_LOW = -1e9f;

    private GoldenDifferences() {}

    static List<GoldenInput> all() {
        return Stream.of(infeasible(), masked(), padding(), nonFinite(), blankInTarget())
                .flatMap(List::stream)
                .toList();
    }

    private static List<GoldenInput> infeasible() {
        return List.of(
                gaussian("infeasible: more labels than frames", 3, 5, new int[] {1, 2, 3, 4}),
                gaussian("infeasible: no frame for the blank of a repeat", 2, 3, new int[] {1, 1}),
                gaussian("infeasible: one of three", 4, 4, new int[] {1}, new int[] {1, 1, 1}, new int[] {2, 3}),
                gaussian("infeasible: one of two, MEAN", 4, 4, new int[] {1}, new int[] {1, 1, 1})
                        .reduction(Reduction.MEAN),
                gaussian("infeasible: one of two, SUM", 4, 4, new int[] {1}, new int[] {1, 1, 1})
                        .reduction(Reduction.SUM),
                gaussian("infeasible: by its own frames", 5, 3, new int[] {1, 2, 1}, new int[] {1, 2, 1})
                        .frames(5, 2),
                gaussian("infeasible: log-probabilities", 2, 3, new int[] {1, 1}).normalisedLogProbs(),
                gaussian("infeasible: its label masked in every frame", 4, 4, new int[] {2}, new int[] {1})
                        .column(0, 2, MASKED));
    }

    private static List<GoldenInput> masked() {
        return List.of(
                gaussian("masked: unused symbol", 5, 4, new int[] {1, 2})
                        .column(0, 3, MASKED)
                        .alsoWith(VERY_LOW),
                gaussian("masked: unused symbol in one frame", 5, 4, new int[] {1, 2}, new int[] {3})
                        .score(2, 0, 3, MASKED)
                        .alsoWith(VERY_LOW),
                gaussian("masked: label in one frame", 5, 4, new int[] {1, 2})
                        .score(3, 0, 1, MASKED)
                        .alsoWith(VERY_LOW),
                gaussian("masked: blank", 4, 3, new int[] {1, 2}).column(0, 0, MASKED).alsoWith(VERY_LOW));
    }

    private static List<GoldenInput> padding() {
        return List.of(
                random("padding: NaN", 5, 3, 1, 2).frames(3, 5).frame(3, 0, NaN),
                random("padding: one NaN", 5, 3, 1, 2).frames(3, 5).score(4, 0, 2, NaN),
                random("padding: infinite", 5, 3, 1, 2).frames(3, 5).frame(3, 0, Float.POSITIVE_INFINITY));
    }

    private static List<GoldenInput> nonFinite() {
        return List.of(
                random("non-finite: NaN", 4, 3, 1, 2).score(1, 0, 1, NaN),
                random("non-finite: infinity", 4, 3, 1, 2).score(1, 1, 2, Float.POSITIVE_INFINITY),
                gaussian("non-finite: NaN log-probability of an unused symbol", 4, 4, new int[] {1}, new int[] {2})
                        .normalisedLogProbs()
                        .score(2, 0, 3, NaN));
    }

    private static List<GoldenInput> blankInTarget() {
        return List.of(
                gaussian("blank in target: alone", 4, 3, new int[] {0}),
                gaussian("blank in target: second of three", 5, 3, new int[] {1}, new int[] {1, 0, 2}),
                gaussian("blank in target: blank last", 5, 3, new int[] {0, 2}).blank(2));
    }
}
