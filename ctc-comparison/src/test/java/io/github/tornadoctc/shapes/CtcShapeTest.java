package io.github.tornadoctc.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Layout;
import org.junit.jupiter.api.Test;

class CtcShapeTest {
    private static final CtcShape SHAPE = new CtcShape("small", 20, 50, 4, 8);

    @Test
    void lengthsSpreadOverTheirRanges() {
        CtcBatch batch = SHAPE.randomBatch(1);
        for (int b = 0; b < batch.batchSize(); b++) {
            assertThat(batch.inputLength(b)).isBetween(14, 20);
            assertThat(batch.targetLength(b)).isBetween(4, 8);
        }
        assertThat(batch.maxTargetLength()).isEqualTo(8);
    }

    @Test
    void oneSeedGivesOneBatch() {
        CtcBatch batch = SHAPE.randomBatch(1);
        CtcBatch again = SHAPE.randomBatch(1);
        assertThat(again.scores().mismatch(batch.scores())).isEqualTo(-1);
        assertThat(again.target(49)).isEqualTo(batch.target(49));
        assertThat(again.inputLength(49)).isEqualTo(batch.inputLength(49));
        assertThat(SHAPE.randomBatch(2).scores().mismatch(batch.scores())).isNotEqualTo(-1);
    }

    @Test
    void theSameScoresInEitherLayout() {
        CtcBatch batch = SHAPE.randomBatch(1);
        CtcBatch batchMajor = SHAPE.randomBatch(1, 1, Layout.BATCH_MAJOR);
        assertThat(batchMajor.layout()).isEqualTo(Layout.BATCH_MAJOR);
        assertThat(batchMajor.target(7)).isEqualTo(batch.target(7));
        for (int b = 0; b < batch.batchSize(); b++) {
            assertThat(batchMajor.inputLength(b)).isEqualTo(batch.inputLength(b));
            for (int t = 0; t < batch.timeSteps(); t++) {
                for (int v = 0; v < batch.symbols(); v++) {
                    assertThat(batchMajor.score(t, b, v)).isEqualTo(batch.score(t, b, v));
                }
            }
        }
    }
}
