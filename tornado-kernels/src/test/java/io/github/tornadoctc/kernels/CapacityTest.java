package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcShape;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class CapacityTest {
    private static final int MOST_LANES = 1024;

    @Test
    void aPlanServesWhateverFitsItsBuffers() {
        Capacity plan = Capacity.of(new CtcShape("plan", 50, 4, 10, 20).randomBatch(1), true, MOST_LANES);

        assertThat(plan.covers(plan)).isTrue();
        assertThat(plan.covers(Capacity.of(new CtcShape("flat", 4, 50, 10, 2).randomBatch(1), true, MOST_LANES)))
                .as("more utterances")
                .isFalse();
        assertThat(plan.covers(Capacity.of(new CtcShape("longer", 90, 2, 10, 20).randomBatch(1), true, MOST_LANES)))
                .as("longer but fewer utterances")
                .isTrue();
        assertThat(plan.covers(Capacity.of(new CtcShape("wider", 20, 2, 40, 20).randomBatch(1), true, MOST_LANES)))
                .as("more symbols but fewer rows")
                .isTrue();
    }

    @Test
    void theLargerOfTwoCoversBoth() {
        Capacity one = Capacity.of(new CtcShape("one", 50, 4, 10, 20).randomBatch(1), true, MOST_LANES);
        Capacity other = Capacity.of(new CtcShape("other", 5, 40, 7, 60).randomBatch(1), false, MOST_LANES);

        assertThat(one.max(other).covers(one)).isTrue();
        assertThat(one.max(other).covers(other)).isTrue();
    }

    @Test
    void bordersBetweenBlocksAreKeptOnlyIfThereAreSeveralBlocks() {
        CtcBatch batch = new CtcShape("long", 50, 2, 10, 80).randomBatch(1);

        assertThat(Capacity.of(batch, true, MOST_LANES).hasBlocks()).isFalse();
        assertThat(Capacity.of(batch, true, 32).borders()).isEqualTo(4 * 50 * 2);
    }

    @Test
    @SuppressWarnings("restricted")
    void aBufferBeyondAnArraysIndexIsNamed() {
        // a segment of that size without memory behind it
        MemorySegment scores = MemorySegment.ofAddress(4).reinterpret(4L * 100_000 * 30_000);
        CtcBatch batch = CtcBatch.builder(100_000, 1, 30_000)
                .scores(scores)
                .targets(new int[] {1})
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Capacity.of(batch, true, MOST_LANES))
                .withMessageContaining("timeSteps * batchSize * symbols = 3000000000");
    }

    @Test
    void aBatchTooBigForTheDeviceNamesBytesNeededAndAvailable() {
        Capacity needed = Capacity.of(CtcShape.A.randomBatch(1), true, MOST_LANES);
        DeviceLimits small = new DeviceLimits("a small device", 1024, 49_152, 1_000_000, 500_000);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> small.check(needed, true))
                .withMessageContaining(needed.bytes(true) + " bytes")
                .withMessageContaining("a small device has 1000000");
    }
}
