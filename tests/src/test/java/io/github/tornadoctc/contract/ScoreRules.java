package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logits are normalised by the loss itself; log-probabilities are taken as they are. */
interface ScoreRules extends BackendUnderTest {
    int T = 9;
    int B = 3;
    int V = 5;
    int U = 4;

    private static BatchDraft draft() {
        return BatchDraft.random(3, T, B, V, U).ragged();
    }

    /** Adds an eighth per frame to all scores of frame t; scores are first rounded so that the sums are exact. */
    private static BatchDraft shifted(int eighths) {
        BatchDraft draft = draft();
        for (int t = 0; t < T; t++) {
            for (int b = 0; b < B; b++) {
                for (int v = 0; v < V; v++) {
                    float rounded = Math.round(draft.score(t, b, v) * 1024) / 1024f;
                    draft.score(t, b, v, rounded + eighths * t / 8f);
                }
            }
        }
        return draft;
    }

    @Test
    default void aConstantAddedToAFrameOfLogitsChangesNothing() {
        CtcBatch shifted = shifted(-40).build();
        CtcResult expected = computeAndCheck(shifted(0).build());
        CtcResult actual = computeAndCheck(shifted);
        for (int b = 0; b < B; b++) {
            assertLoss(actual.loss(b), expected.loss(b), 2 * lossTolerance());
        }
    }

    @Test
    default void aConstantAddedToAFrameOfLogProbsAddsToTheLikelihood() {
        CtcBatch shifted = shifted(-40).build();
        CtcResult expected = computeAndCheck(shifted(0).build(), LOG_PROBS);
        CtcResult actual = computeAndCheck(shifted, LOG_PROBS);
        for (int b = 0; b < B; b++) {
            int frames = shifted.inputLength(b);
            double added = 40 / 8.0 * frames * (frames - 1) / 2;
            assertLoss(actual.loss(b), expected.loss(b) + added, 2 * lossTolerance());
        }
    }

    @Test
    default void theLossOfLogProbsMayBeNegative() {
        CtcBatch batch = shifted(80).build();
        CtcResult result = computeAndCheck(batch, LOG_PROBS);
        assertThat(DoubleStream.of(result.losses())).allMatch(loss -> loss < -100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    default void theLossOfLogitsIsNeverNegative(long seed) {
        BatchDraft draft = BatchDraft.random(seed, T, B, V, U);
        for (int b = 0; b < B; b++) {
            int[] target = draft.targetOf(b);
            for (int t = 0; t < T; t++) {
                int symbol = t % 2 == 1 && t / 2 < U ? target[t / 2] : 0;
                draft.score(t, b, symbol, 17 + t); // all but certain, where rounding could pass 1
            }
        }
        CtcResult result = computeAndCheck(draft.build());
        assertThat(DoubleStream.of(result.losses())).allMatch(loss -> loss >= 0 && loss < 1e-5);
    }

    @Test
    default void theGradientOfAFrameOfLogitsSumsToZero() {
        assertFramesSumTo(0, LOGITS);
    }

    @Test
    default void theGradientOfAFrameOfLogProbsSumsToMinusOne() {
        assertFramesSumTo(-1, LOG_PROBS);
    }

    private void assertFramesSumTo(double expected, CtcOptions options) {
        CtcBatch batch = draft().build();
        CtcResult result = compute(batch, options);
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < batch.inputLength(b); t++) {
                double sum = 0;
                for (int v = 0; v < V; v++) {
                    sum += result.gradient(batch, t, b, v);
                }
                assertThat(sum).as("frame %d of utterance %d", t, b).isCloseTo(expected, within(V * 1e-6));
            }
        }
    }

    @Test
    default void logProbsOutsideTheTargetHaveGradientExactlyZero() {
        CtcBatch batch = draft().target(0, 1, 2).target(1).target(2, 3, 3).build();
        CtcResult result = computeAndCheck(batch, LOG_PROBS);
        List<Integer> symbolsWithGradient = new ArrayList<>();
        for (int b = 0; b < B; b++) {
            for (int v = 0; v < V; v++) {
                if (result.gradient(batch, 2, b, v) != 0) {
                    symbolsWithGradient.add(10 * b + v);
                }
            }
        }
        assertThat(symbolsWithGradient).containsExactly(0, 1, 2, 10, 20, 23);
    }
}
