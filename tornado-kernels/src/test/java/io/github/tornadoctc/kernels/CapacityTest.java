package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityTest {
    private static final int MOST_LANES = 1024;

    @Test
    void aPlanServesWhateverFitsItsBuffers() {
        Capacity plan = of(new CtcShape("plan", 50, 4, 10, 20).randomBatch(1), true, MOST_LANES);

        assertThat(plan.covers(plan)).isTrue();
        assertThat(plan.covers(of(new CtcShape("flat", 4, 50, 10, 2).randomBatch(1), true, MOST_LANES)))
                .as("more utterances")
                .isFalse();
        assertThat(plan.covers(of(new CtcShape("longer", 90, 2, 10, 20).randomBatch(1), true, MOST_LANES)))
                .as("longer but fewer utterances")
                .isTrue();
        assertThat(plan.covers(of(new CtcShape("wider", 20, 2, 40, 20).randomBatch(1), true, MOST_LANES)))
                .as("more symbols but fewer rows")
                .isTrue();
    }

    @Test
    void theLargerOfTwoCoversBoth() {
        Capacity one = of(new CtcShape("one", 50, 4, 10, 20).randomBatch(1), true, MOST_LANES);
        Capacity other = of(new CtcShape("other", 5, 40, 7, 60).randomBatch(1), false, MOST_LANES);

        assertThat(one.max(other).covers(one)).isTrue();
        assertThat(one.max(other).covers(other)).isTrue();
    }

    @Test
    void aPlanServesRowsThatFitItsGroups() {
        Capacity large = of(new CtcShape("large", 50, 4, 10_300, 2).randomBatch(1), true, MOST_LANES);
        Capacity medium = of(new CtcShape("medium", 5, 2, 300, 2).randomBatch(1), true, MOST_LANES);
        Capacity small = of(new CtcShape("small", 5, 2, 30, 2).randomBatch(1), true, MOST_LANES);
        assertThat(large.constants().rowGroup()).isEqualTo(128);
        assertThat(medium.constants().rowGroup()).isEqualTo(64);
        assertThat(small.constants().rowGroup()).isEqualTo(256);
        assertThat(large.covers(medium)).isTrue();
        assertThat(medium.covers(small)).isFalse();
        assertThat(large.max(small).covers(large)).isTrue();
        assertThat(large.max(small).covers(small)).isTrue();
    }

    /** A plan of many lanes runs all of them, also for a batch that would do with few. */
    @Test
    void everyLaneOfEveryUtteranceHasAPlaceOfItsOwn() {
        Capacity fewLanes = of(new CtcShape("many short", 5, 40, 7, 20).randomBatch(1), true, MOST_LANES);
        Capacity manyLanes = of(new CtcShape("few long", 900, 2, 7, 400).randomBatch(1), true, MOST_LANES);
        Capacity both = fewLanes.max(manyLanes);

        long statesOfFew = 5L * 40 * 21;
        assertThat(fewLanes.elements(LossBuffer.BLANK_STATES)).isEqualTo(statesOfFew + 2L * 40 * 32);
        assertThat(both.elements(LossBuffer.BLANK_STATES))
                .isGreaterThanOrEqualTo(
                        statesOfFew + 2L * 40 * manyLanes.constants().lanes());
        assertThat(manyLanes.covers(fewLanes)).isFalse();
        assertThat(both.covers(fewLanes)).isTrue();
    }

    @Test
    void bordersBetweenBlocksAreKeptOnlyIfThereAreSeveralBlocks() {
        CtcBatch batch = new CtcShape("long", 50, 2, 10, 80).randomBatch(1);

        assertThat(of(batch, true, MOST_LANES).constants().blocks()).isFalse();
        assertThat(of(batch, true, 32).elements(LossBuffer.BORDERS)).isEqualTo(4 * 50 * 2);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1024, 32, false",
        "31, 1024, 32, false",
        "32, 1024, 64, false",
        "511, 1024, 512, false",
        "512, 1024, 256, true",
        "2000, 1024, 256, true",
        "300, 256, 256, true",
        "130, 128, 128, true"
    })
    void lanesArePairsOrFewerForBlocksOfThem(int labels, int mostLanes, int lanes, boolean blocks) {
        Sizes sizes = Sizes.of(10, 2, 5, labels, true, mostLanes);
        assertThat(sizes.lanes()).isEqualTo(lanes);
        assertThat(sizes.hasBlocks()).isEqualTo(blocks);
    }

    @Test
    void nothingOverflowsWhereNoArrayWouldDo() {
        Capacity needed = of(new CtcShape("one", 1, 1, 2, 1).randomBatch(1), true, MOST_LANES);
        Capacity huge = Capacity.of(LossBuffer.ALL, Sizes.of(60_000, 50_000, 2, 1, true, MOST_LANES));
        DeviceLimits vast = new DeviceLimits("a vast device", 1024, Long.MAX_VALUE, Long.MAX_VALUE);

        assertThat(vast.allows(needed)).isTrue();
        assertThat(vast.allows(huge)).isFalse();
    }

    @Test
    void whatIsTooBigNamesBytesNeededAndAvailable() {
        Capacity needed = of(BenchmarkShapes.A.randomBatch(1), true, MOST_LANES);
        DeviceLimits small = new DeviceLimits("a small device", 1024, 1_000_000, 500_000);

        assertThat(small.allows(needed)).isFalse();
        assertThat(small.refusal(needed))
                .contains("needs " + needed.bytes() + " bytes")
                .contains("of a small device, 1000000 may be used");
    }

    @Test
    void bytesAreThoseOfEveryBuffer() {
        // T=2, B=1, V=3, U=1: 2 pairs, of a vocabulary's 2 columns; header, lengths, counts and 4 lists of labels
        Capacity capacity = Capacity.of(LossBuffer.ALL, new Sizes(2, 1, 3, 1, true, 32));
        long floats = 2 * 2 * 3 + 3 * 2;
        long ints = Header.LENGTH + 5 + 4 + 2 * 4;
        long emissions = 2 * 2;
        long pairs = 2 * 2 + 2 * 32;
        long extendedFloats = 1;
        long extendedLongs = 4 * 2 + 1;
        assertThat(capacity.bytes())
                .isEqualTo(4 * (floats + ints + 2 * pairs)
                        + 8 * (emissions + pairs + extendedFloats)
                        + 12 * extendedLongs);
        assertThat(capacity.longestArray()).isEqualTo(pairs);
        assertThat(capacity.largestArrayBytes()).isEqualTo(8 * pairs);
    }

    private static Capacity of(CtcBatch batch, boolean gradient, int mostLanes) {
        return Capacity.of(LossBuffer.ALL, Sizes.of(BatchPart.all(batch), gradient, mostLanes));
    }
}
