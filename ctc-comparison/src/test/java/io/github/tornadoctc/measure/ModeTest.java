package io.github.tornadoctc.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import org.junit.jupiter.api.Test;

class ModeTest {
    /** 2 utterances of 3 and 1 frames of 5 symbols: 4 · 5 · 4 bytes of logits. */
    private static final CtcBatch BATCH = CtcBatch.builder(3, 2, 5)
            .scores(new float[30])
            .inputLengths(3, 1)
            .targets(new int[] {1}, new int[] {})
            .build();

    @Test
    void paddingCountsNeitherAsFramesNorAsBytes() {
        assertThat(Mode.frames(BATCH)).isEqualTo(4);
        assertThat(Mode.LOSS.logitBytes(BATCH)).isEqualTo(4 * 5 * 4);
    }

    @Test
    void aStepAlsoWritesTheGradient() {
        assertThat(Mode.STEP.logitBytes(BATCH)).isEqualTo(2 * Mode.LOSS.logitBytes(BATCH));
        assertThat(Mode.STEP.options().gradient()).isTrue();
        assertThat(Mode.LOSS.options().gradient()).isFalse();
    }
}
