package io.github.tornadoctc.benchmarks.golden;

import static io.github.tornadoctc.benchmarks.golden.GoldenInput.gaussian;
import static io.github.tornadoctc.benchmarks.golden.GoldenInput.random;

import java.util.List;
import java.util.stream.Stream;

/** Cases of raw logits on which all agree. */
final class GoldenLogits {
    private static final int[] EMPTY = {};

    private GoldenLogits() {}

    static List<GoldenInput> all() {
        return Stream.of(sizes(), oneFrame(), empty(), exactFit(), repeats(), otherBlanks(), peaked(), ragged())
                .flatMap(List::stream)
                .toList();
    }

    private static List<GoldenInput> sizes() {
        return List.of(
                random("two frames", 2, 2, 1),
                random("three frames, two labels", 3, 4, 2),
                random("two utterances", 5, 5, 2, 2),
                random("three utterances", 8, 6, 3, 3, 3),
                random("long target", 16, 5, 7),
                random("many symbols", 6, 60, 3),
                random("many frames", 60, 4, 12),
                random("many frames, one label", 40, 3, 1),
                random("many utterances", 5, 4, 2, 1, 2, 0, 1, 2, 2, 1, 0, 2),
                random("labels as characters are", 25, 12, 9));
    }

    private static List<GoldenInput> oneFrame() {
        return List.of(
                gaussian("T=1, one label", 1, 4, new int[] {2}),
                gaussian("T=1, empty", 1, 4, EMPTY),
                gaussian("T=1, two symbols", 1, 2, new int[] {1}),
                gaussian("T=1, the blank alone", 1, 1, EMPTY),
                gaussian("T=1, blank last", 1, 3, new int[] {0}).blank(2),
                gaussian("T=1, batch", 1, 5, new int[] {1}, EMPTY, new int[] {4}));
    }

    private static List<GoldenInput> empty() {
        return List.of(
                gaussian("empty", 6, 4, EMPTY),
                gaussian("empty, the blank alone", 3, 1, EMPTY),
                gaussian("empty among others", 6, 4, new int[] {1, 2}, EMPTY, new int[] {3}),
                gaussian("all empty, ragged", 5, 3, EMPTY, EMPTY, EMPTY).frames(5, 3, 1),
                gaussian("empty, other blank", 4, 4, EMPTY).blank(2),
                gaussian("empty, no frames", 3, 3, EMPTY, new int[] {1}).frames(0, 3));
    }

    private static List<GoldenInput> exactFit() {
        return List.of(
                gaussian("exact fit", 4, 5, new int[] {1, 2, 3, 4}),
                gaussian("exact fit, one repeat", 3, 3, new int[] {1, 1}),
                gaussian("exact fit, two repeats", 6, 3, new int[] {1, 1, 2, 2}),
                gaussian("exact fit, one label throughout", 7, 3, new int[] {2, 2, 2, 2}),
                gaussian("exact fit, repeat in the middle", 5, 4, new int[] {1, 3, 3, 2}),
                gaussian("exact fit, alternating", 6, 3, new int[] {1, 2, 1, 2, 1, 2}),
                gaussian("one frame more than exact", 7, 3, new int[] {1, 1, 2, 2}),
                gaussian("exact fit beside a loose one", 5, 4, new int[] {2, 2, 2}, new int[] {3}),
                gaussian("exact fit by its own frames", 6, 4, new int[] {1, 2}, new int[] {3, 3})
                        .frames(2, 3));
    }

    private static List<GoldenInput> repeats() {
        return List.of(
                gaussian("repeat", 10, 3, new int[] {1, 1}),
                gaussian("repeat at the end", 9, 4, new int[] {2, 3, 3}),
                gaussian("repeats apart", 10, 4, new int[] {2, 1, 2, 1, 2}),
                gaussian("one label throughout", 14, 2, new int[] {1, 1, 1, 1, 1}),
                gaussian("repeats of both kinds", 14, 4, new int[] {3, 3, 1, 3, 1, 1}));
    }

    private static List<GoldenInput> otherBlanks() {
        return List.of(
                gaussian("blank last", 7, 5, new int[] {0, 3, 1}).blank(4),
                gaussian("blank last, repeats", 8, 4, new int[] {0, 0, 2}).blank(3),
                gaussian("blank in the middle", 7, 5, new int[] {0, 4, 1}).blank(2),
                gaussian("blank 1", 6, 3, new int[] {0, 2, 0}).blank(1),
                gaussian("blank last, exact fit", 5, 3, new int[] {1, 1, 0, 1}).blank(2),
                gaussian("blank last, batch", 6, 4, new int[] {0, 1}, new int[] {2}, EMPTY)
                        .blank(3)
                        .frames(6, 4, 5));
    }

    private static List<GoldenInput> peaked() {
        return List.of(
                random("peaked, 10", 10, 5, 4).scaled(10),
                random("peaked, 30", 10, 5, 4, 3).scaled(30),
                random("peaked, 100", 10, 5, 4).scaled(100),
                random("peaked, 1000", 8, 4, 3).scaled(1000),
                gaussian("peaked on the target", 6, 4, new int[] {1, 2}).path(50, 0, 1, 1, 0, 2, 0),
                gaussian("peaked against the target", 6, 4, new int[] {1, 2}).path(50, 0, 3, 3, 0, 3, 0),
                gaussian("peaked on labels in the wrong order", 6, 4, new int[] {1, 2}).path(40, 2, 2, 0, 0, 1, 1),
                random("equal logits", 8, 4, 3).scaled(0),
                random("nearly equal logits", 8, 4, 3).scaled(1e-2),
                random("offset up", 6, 4, 2).affine(1, 1000),
                random("offset down", 6, 4, 2, 1).affine(1, -1000),
                gaussian("unused symbol very low", 6, 4, new int[] {1, 2}).column(0, 3, -1e4f),
                gaussian("label very low in one frame", 4, 4, new int[] {1, 2}).score(1, 0, 1, -1e4f),
                gaussian("label very low in all frames", 4, 4, new int[] {1, 2}).column(0, 2, -1e4f));
    }

    private static List<GoldenInput> ragged() {
        return List.of(
                random("ragged frames", 7, 4, 2, 2, 2).frames(7, 5, 4),
                random("ragged targets", 8, 5, 4, 2, 0, 1),
                random("ragged both", 9, 4, 1, 3, 2, 0).frames(9, 8, 5, 2),
                random("ragged, none has all frames", 7, 3, 1, 2).frames(4, 5),
                random("ragged, one frame", 5, 4, 1, 2).frames(1, 5),
                random("ragged, large scores past the frames", 5, 3, 1, 2)
                        .frames(3, 5)
                        .frame(3, 0, 3e4f)
                        .frame(4, 0, -3e4f));
    }
}
