package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches that do not fit the memory that may be used, on the emulator. */
class BatchPartsTest {
    private static final CtcOptions OPTIONS = CtcOptions.defaults().withReduction(Reduction.MEAN);
    private static final CtcBatch BATCH = new CtcShape("parts", 30, 7, 6, 8).randomBatch(2);

    @ParameterizedTest
    @EnumSource
    void partsGiveTheSameBitsAsTheWhole(Layout layout) {
        CtcBatch batch = inLayout(layout);
        CtcResult whole = compute(batch, CtcConfiguration.defaults());
        long bytesOfTwo = Capacity.of(LossBuffer.ALL, Sizes.of(new BatchPart(batch, 0, 2), true, 1024))
                .bytes();

        CtcResult parts = compute(batch, CtcConfiguration.defaults().withMaxDeviceMemory(bytesOfTwo));

        assertThat(parts.losses()).isEqualTo(whole.losses());
        assertThat(parts.reduced()).isEqualTo(whole.reduced());
        assertThat(parts.gradient().toArray(ValueLayout.JAVA_INT))
                .isEqualTo(whole.gradient().toArray(ValueLayout.JAVA_INT));
    }

    @Test
    void anUtteranceThatDoesNotFitIsRefused() {
        CtcConfiguration little = CtcConfiguration.defaults().withMaxDeviceMemory(1024);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> compute(BATCH, little))
                .withMessageContaining("an utterance needs")
                .withMessageContaining("1024 may be used");
    }

    private static CtcResult compute(CtcBatch batch, CtcConfiguration configuration) {
        try (var backend = TornadoProvider.openFirstDevice("emulator", configuration)) {
            return backend.compute(batch, OPTIONS);
        }
    }

    private static CtcBatch inLayout(Layout layout) {
        int[] inputLengths = new int[BATCH.batchSize()];
        int[][] targets = new int[BATCH.batchSize()][];
        for (int b = 0; b < BATCH.batchSize(); b++) {
            inputLengths[b] = BATCH.inputLength(b);
            targets[b] = BATCH.target(b);
        }
        return CtcBatch.builder(BATCH.timeSteps(), BATCH.batchSize(), BATCH.symbols())
                .layout(layout)
                .scores(BATCH.scores())
                .inputLengths(inputLengths)
                .targets(targets)
                .build();
    }
}
