package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tornadoctc.BatchTooLargeException;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcHypotheses;
import io.github.tornadoctc.CtcRescorer;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.shapes.CtcShape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Hypotheses in parts, and what they take of a device, on the emulator. */
class DeviceRescorerTest {
    private static final CtcBatch BATCH = new CtcShape("parts", 20, 3, 40, 6).randomBatch(2);

    private static CtcHypotheses hypotheses(CtcBatch batch, int count) {
        int[][][] targets = new int[batch.batchSize()][count][];
        for (int b = 0; b < targets.length; b++) {
            int[] target = batch.target(b);
            Arrays.setAll(targets[b], n -> Arrays.copyOf(target, Math.max(target.length - n % 4, 0)));
        }
        return CtcHypotheses.of(batch, targets);
    }

    private static Capacity needed(CtcHypotheses hypotheses) {
        CtcBatch all = hypotheses.all();
        BatchPart rows = BatchPart.all(hypotheses.vocabularies());
        return RescoringPlan.needed(rows, new BatchPart(all, 0, all.batchSize(), rows.timeSteps()), 1024);
    }

    private static double[][] losses(CtcHypotheses hypotheses, long memory) {
        CtcConfiguration configuration = CtcConfiguration.defaults().withMaxDeviceMemory(memory);
        try (var backend = TornadoProvider.openFirstDevice("emulator", configuration)) {
            return backend.operation(CtcRescorer.class).orElseThrow().losses(hypotheses, Scores.LOGITS);
        }
    }

    @Test
    void partsGiveTheSameBitsAsTheWhole() {
        CtcHypotheses hypotheses = hypotheses(BATCH, 9);
        double[][] whole = losses(hypotheses, Long.MAX_VALUE);
        // within an utterance, too
        long ofTwo = needed(hypotheses(BATCH, 2)).bytes() / BATCH.batchSize();
        assertThat(losses(hypotheses, ofTwo)).isDeepEqualTo(whole);
    }

    @Test
    void aHypothesisThatDoesNotFitIsRefused() {
        assertThatExceptionOfType(BatchTooLargeException.class)
                .isThrownBy(() -> losses(hypotheses(BATCH, 3), 1024))
                .withMessageContaining("1024 may be used");
    }

    @Test
    void hypothesesShareTheScoresOfAnUtterance() {
        CtcBatch batch = new CtcShape("wide", 100, 2, 5000, 20).randomBatch(2);
        Capacity one = needed(hypotheses(batch, 1));
        Capacity fifty = needed(hypotheses(batch, 50));
        assertThat(fifty.elements(RowBuffer.SCORES))
                .isEqualTo(one.elements(RowBuffer.SCORES))
                .isEqualTo(100 * 2 * 5000);
        assertThat(fifty.elements(LossBuffer.EMISSIONS)).isEqualTo(50 * one.elements(LossBuffer.EMISSIONS));
        assertThat(fifty.bytes()).isLessThan(2 * one.bytes());
    }
}
