package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Scores;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The result of one utterance is bitwise the same alone, in any batch, and on every run. */
interface ReproducibilityRules extends BackendUnderTest {

    private static BatchDraft draft() {
        // repeated labels meet in one element of the gradient, where an order of summation would show
        return BatchDraft.random(71, 24, 5, 6, 9)
                .target(1, 2, 1, 2, 1, 2, 1, 2, 1)
                .ragged();
    }

    @ParameterizedTest
    @EnumSource
    default void anUtteranceAloneEqualsItselfInTheBatch(Scores scores) {
        CtcOptions options = LOGITS.withScores(scores);
        BatchDraft draft = draft();
        CtcBatch batch = draft.build();
        CtcResult result = computeAndCheck(batch, options);
        for (int b = 0; b < batch.batchSize(); b++) {
            CtcBatch alone = draft.alone(b).build();
            assertThat(Bits.ofUtterance(batch, b, result))
                    .isEqualTo(Bits.ofUtterance(alone, 0, compute(alone, options)));
        }
    }

    @Test
    default void anUtteranceNextToAMuchLongerOneIsUnchanged() {
        CtcBatch alone = BatchDraft.random(72, 12, 1, 4, 3).build();
        BatchDraft together =
                BatchDraft.random(73, 150, 2, 4, 70).inputLength(0, 12).target(0, alone.target(0));
        for (int t = 0; t < 12; t++) {
            for (int v = 0; v < 4; v++) {
                together.score(t, 0, v, alone.score(t, 0, v));
            }
        }
        CtcBatch batch = together.build();
        assertThat(Bits.ofUtterance(batch, 0, computeAndCheck(batch)))
                .isEqualTo(Bits.ofUtterance(alone, 0, compute(alone)));
    }

    @ParameterizedTest
    @EnumSource
    default void twentyRunsGiveTheSameBits(Scores scores) {
        CtcOptions options = LOGITS.withScores(scores);
        CtcBatch batch = draft().build();
        CtcResult first = compute(batch, options);
        for (int run = 1; run < 20; run++) {
            Bits.assertSame(compute(batch, options), first);
        }
    }

    @Test
    default void batchesOfOtherShapesInBetweenChangeNothing() {
        List<CtcBatch> batches = List.of(
                draft().build(),
                BatchDraft.random(74, 3, 1, 2, 1).build(),
                BatchDraft.random(75, 90, 2, 70, 40).build(),
                BatchDraft.random(76, 5, 11, 3, 2).build());
        List<CtcResult> first = batches.stream().map(this::computeAndCheck).toList();
        for (int i = batches.size() - 1; i >= 0; i--) {
            Bits.assertSame(compute(batches.get(i)), first.get(i));
        }
    }

    @Test
    default void aBackendMayBeSharedByThreads() {
        List<CtcBatch> batches = IntStream.range(0, 4)
                .mapToObj(i -> BatchDraft.random(77 + i, 10 + i, 3, 5, 4).build())
                .toList();
        List<CtcResult> oneByOne = batches.stream().map(this::compute).toList();
        List<CtcResult> atOnce = batches.parallelStream().map(this::compute).toList();
        for (int i = 0; i < batches.size(); i++) {
            Bits.assertSame(atOnce.get(i), oneByOne.get(i));
        }
    }
}
