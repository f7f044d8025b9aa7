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
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** Batches in parts, because they do not fit the memory that may be used or for several at once, on the emulator. */
class BatchPartsTest {
    private static final TornadoDevice DEVICE =
            TornadoRuntimeProvider.getTornadoRuntime().getBackend(0).getDevice(0);
    private static final CtcOptions OPTIONS = CtcOptions.defaults().withReduction(Reduction.MEAN);
    private static final CtcBatch BATCH = new CtcShape("parts", 30, 7, 6, 8).randomBatch(2);

    @ParameterizedTest
    @EnumSource
    void partsGiveTheSameBitsAsTheWhole(Layout layout) {
        CtcBatch batch = inLayout(layout);
        CtcResult whole = compute(batch, CtcConfiguration.defaults());
        long bytesOfTwo = Capacity.of(LossBuffer.ALL, Sizes.of(BatchPart.of(batch, 0, 2), true, 1024))
                .bytes();

        CtcResult parts = compute(batch, CtcConfiguration.defaults().withMaxDeviceMemory(bytesOfTwo));

        assertSameBits(parts, whole);
    }

    @ParameterizedTest
    @EnumSource
    void severalStreamsGiveTheSameBitsAsOne(Layout layout) {
        CtcBatch batch = inLayout(layout);
        CtcResult one = compute(batch, CtcConfiguration.defaults());
        CtcResult several = CtcResult.allocate(batch, OPTIONS);
        // two utterances a part at most, so that there are more parts than streams
        Streams streams = new Streams(3, 2, 1, batch.scores().byteSize() / 4);
        DeviceLimits limits = DeviceLimits.of(DEVICE, CtcConfiguration.defaults());
        try (DeviceLoss loss = new DeviceLoss(DEVICE, new PlanMemory(limits), streams)) {
            for (int call = 0; call < 3; call++) {
                several.gradient().fill((byte) 1);
                loss.compute(batch, OPTIONS, several);
                assertSameBits(several, one);
            }
            assertThat(loss.plansMade()).isEqualTo(3);
        }
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

    private static void assertSameBits(CtcResult actual, CtcResult expected) {
        assertThat(actual.losses()).isEqualTo(expected.losses());
        assertThat(actual.reduced()).isEqualTo(expected.reduced());
        assertThat(actual.gradient().toArray(ValueLayout.JAVA_INT))
                .isEqualTo(expected.gradient().toArray(ValueLayout.JAVA_INT));
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
