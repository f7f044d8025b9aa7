package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** Plans on the emulator, whose class path this is. */
class LossPlanTest {
    private static final TornadoDevice DEVICE =
            TornadoRuntimeProvider.getTornadoRuntime().getBackend(0).getDevice(0);
    private static final CtcOptions OPTIONS = CtcOptions.defaults();

    @ParameterizedTest
    @ValueSource(ints = {31, 32, 33, 64, 100})
    void blocksOfStatesGiveTheSameBitsAsOneBlock(int targetLength) {
        CtcBatch batch = new CtcShape("blocks", 240, 2, 12, targetLength).randomBatch(3);

        assertSameBits(run(batch, capacity(batch, 1024)), run(batch, capacity(batch, 32)));
    }

    @Test
    void roomToSpareChangesNoBit() {
        CtcBatch batch = new CtcShape("small", 20, 3, 7, 5).randomBatch(4);
        Capacity large = capacity(new CtcShape("large", 90, 8, 40, 50).randomBatch(4), 1024);

        assertSameBits(run(batch, capacity(batch, 1024)), run(batch, large));
    }

    /** Of a plan for both the gradient's kernel writes the softmax, with the groups of the larger vocabulary. */
    @ParameterizedTest
    @CsvSource({"10300, 2, 300, 90", "5000, 3, 5000, 200", "1030, 1, 20, 4", "40, 12, 9000, 1"})
    void whoWritesTheSoftmaxAndInWhichGroupsChangesNoBit(
            int symbols, int targetLength, int otherSymbols, int otherTargetLength) {
        CtcBatch batch = new CtcShape("one", 5, 2, symbols, targetLength).randomBatch(7);
        CtcBatch other = new CtcShape("other", 4, 1, otherSymbols, otherTargetLength).randomBatch(8);
        Capacity both = capacity(batch, 1024).max(capacity(other, 1024));

        assertSameBits(run(batch, capacity(batch, 1024)), run(batch, both));
        assertSameBits(run(other, capacity(other, 1024)), run(other, both));
    }

    @Test
    void aPlanServesOneBatchAfterAnother() {
        CtcBatch first = new CtcShape("first", 40, 3, 7, 15).randomBatch(5);
        CtcBatch second = new CtcShape("second", 10, 2, 30, 3).randomBatch(6);
        Capacity capacity = capacity(first, 1024);

        CtcResult alone = run(second, capacity(second, 1024));
        try (LossPlan plan = new LossPlan(capacity, ScoreTypes.FLOAT32, true, DEVICE, HostThreads.NONE)) {
            plan.execute(BatchPart.all(first), OPTIONS, CtcResult.allocate(first, OPTIONS));
            CtcResult after = CtcResult.allocate(second, OPTIONS);
            plan.execute(BatchPart.all(second), OPTIONS, after);
            assertSameBits(alone, after);
        }
    }

    private static Capacity capacity(CtcBatch batch, int mostLanes) {
        return Capacity.of(LossBuffer.ALL, Sizes.of(BatchPart.all(batch), true, mostLanes));
    }

    private static CtcResult run(CtcBatch batch, Capacity capacity) {
        CtcResult result = CtcResult.allocate(batch, OPTIONS);
        try (LossPlan plan = new LossPlan(capacity, ScoreTypes.FLOAT32, true, DEVICE, HostThreads.NONE)) {
            plan.execute(BatchPart.all(batch), OPTIONS, result);
        }
        return result;
    }

    private static void assertSameBits(CtcResult expected, CtcResult actual) {
        assertThat(actual.losses()).isEqualTo(expected.losses());
        assertThat(actual.gradient().toArray(ValueLayout.JAVA_INT))
                .isEqualTo(expected.gradient().toArray(ValueLayout.JAVA_INT));
    }
}
