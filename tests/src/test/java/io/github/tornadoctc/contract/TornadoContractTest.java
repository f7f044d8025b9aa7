package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kernels in float32 on a device of TornadoVM. Skipped, saying why, where there is none. */
@Tag("device")
class TornadoContractTest extends CtcContractTest {
    TornadoContractTest() {
        super("tornado", 3e-7, 1e-5);
    }

    /** Where a driver pins the memory, all calls but the first ten are computed in parts, several at a time. */
    @Test
    void largeBatchesThatComeAgainInMemoryOfTheBackendHaveTheSameBits() {
        CtcBatch own = new CtcShape("large", 60, 10, 10_000, 20).randomBatch(1, 1, Layout.BATCH_MAJOR);
        CtcOptions step = CtcOptions.defaults();
        CtcResult expected = backend().compute(own, step);
        long floats = own.scores().byteSize() / Float.BYTES;
        try (Arena arena = Arena.ofShared()) {
            MemorySegment scores = backend().allocate(floats, arena).copyFrom(own.scores());
            CtcBatch lent = CtcBatch.builder(own.timeSteps(), own.batchSize(), own.symbols())
                    .layout(Layout.BATCH_MAJOR)
                    .scores(scores)
                    .inputLengths(IntStream.range(0, own.batchSize())
                            .map(own::inputLength)
                            .toArray())
                    .targets(IntStream.range(0, own.batchSize())
                            .mapToObj(own::target)
                            .toArray(int[][]::new))
                    .build();
            CtcResult result = CtcResult.withGradientIn(backend().allocate(floats, arena), lent);
            for (int call = 0; call < 14; call++) {
                result.gradient().fill((byte) 7);
                backend().compute(lent, step, result);
                assertThat(result.losses()).isEqualTo(expected.losses());
                assertThat(result.gradient().mismatch(expected.gradient())).isEqualTo(-1);
                assertThat(scores.mismatch(own.scores())).isEqualTo(-1);
            }
        }
    }
}
