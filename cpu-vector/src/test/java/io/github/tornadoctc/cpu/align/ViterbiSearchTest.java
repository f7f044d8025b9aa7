package io.github.tornadoctc.cpu.align;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.Wildcards;
import io.github.tornadoctc.reference.ReferenceCtc;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One long utterance after the other, with checkpoints and without. */
class ViterbiSearchTest {
    /** Less than the pointers of any segment, so that there are as many segments as there can be. */
    private static final long NO_ROOM = 0;

    static Stream<MaxPlus> kernels() {
        return Stream.of(new ScalarMaxPlus(), new VectorMaxPlus());
    }

    /** Scores of few values have ties everywhere. */
    private static CtcBatch batch(Random random, int frames, int symbols, int labels) {
        float[] scores = new float[frames * symbols];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextBoolean() ? (float) random.nextGaussian() : -random.nextInt(3);
        }
        return CtcBatch.builder(frames, 1, symbols)
                .scores(scores)
                .targets(random.ints(labels, 1, symbols).toArray())
                .build();
    }

    private static int[] reference(CtcBatch batch, Wildcards wildcards) {
        return new ReferenceCtc()
                .operation(CtcAligner.class)
                .orElseThrow()
                .align(batch, AlignmentOptions.defaults().withWildcards(wildcards))
                .getFirst()
                .states();
    }

    private static int[] searched(MaxPlus maxPlus, CtcBatch batch, Wildcards wildcards, long mostBytes) {
        ScoreRows rows = new ScoreRows(batch, 0, Scores.LOGITS);
        int[] states =
                new ViterbiSearch(maxPlus, new PlainRowSums(), batch, 0, wildcards, rows, false, mostBytes).states();
        return states == null ? new int[0] : states;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void thePathIsTheSameWithCheckpointsAndWithout(MaxPlus maxPlus) {
        Random random = new Random(7);
        for (int trial = 0; trial < 60; trial++) {
            int labels = random.nextInt(60);
            int frames = labels + random.nextInt(1 + 4 * labels + 30);
            CtcBatch batch = batch(random, frames, 2 + random.nextInt(12), labels);
            Wildcards wildcards = trial % 3 == 0 ? Wildcards.atEnds() : Wildcards.none();
            int[] expected = reference(batch, wildcards);
            for (long mostBytes : new long[] {NO_ROOM, Long.MAX_VALUE}) {
                assertThat(searched(maxPlus, batch, wildcards, mostBytes))
                        .as("%d frames, %s, %d bytes", frames, Arrays.toString(batch.target(0)), mostBytes)
                        .isEqualTo(expected);
            }
        }
    }

    /** In vectors of their row, in a copy of it, and in a copy of the target's alone. */
    @ParameterizedTest
    @ValueSource(ints = {2, 8, 9, 15, 16, 17, 31, 32, 33, 64, 65, 100, 300})
    void scoresAreLookedUpInVocabulariesOfEverySize(int symbols) {
        Random random = new Random(symbols);
        for (int labels : new int[] {0, 1, 7, 8, 9, 40}) {
            CtcBatch batch = batch(random, 3 * labels + 1, symbols, labels);
            for (Wildcards wildcards : List.of(Wildcards.none(), Wildcards.atEnds())) {
                for (long mostBytes : new long[] {NO_ROOM, Long.MAX_VALUE}) {
                    assertThat(searched(new VectorMaxPlus(), batch, wildcards, mostBytes))
                            .as("%d labels of %d symbols", labels, symbols)
                            .isEqualTo(reference(batch, wildcards));
                }
            }
        }
    }

    /** Of which nearly every frame is needed, so that windows of segments are as narrow as they can be. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 40})
    void targetsThatLeaveHardlyAFrame(int toSpare) {
        Random random = new Random(toSpare);
        CtcBatch wide = batch(random, 2000, 9, 500);
        int needed = wide.targetLength(0) + wide.repeats(0) + toSpare;
        CtcBatch batch = CtcBatch.builder(2000, 1, 9)
                .scores(wide.scores())
                .inputLengths(needed)
                .targets(wide.target(0))
                .build();
        int[] expected = reference(batch, Wildcards.none());
        assertThat(expected).hasSize(needed);
        assertThat(searched(new VectorMaxPlus(), batch, Wildcards.none(), NO_ROOM))
                .isEqualTo(expected);
    }

    /** Sums in double, by the equation. */
    private static final class PlainRowSums implements RowSums {
        @Override
        public void read(ScoreRows rows, int from, int to) {
            for (int t = from; t < to; t++) {
                rows.largest[t] = Float.NEGATIVE_INFINITY;
                for (int v = 0; v < rows.symbols; v++) {
                    rows.largest[t] = Math.max(rows.largest[t], rows.score(t, v));
                }
                rows.logSum[t] = 0;
            }
        }
    }
}
