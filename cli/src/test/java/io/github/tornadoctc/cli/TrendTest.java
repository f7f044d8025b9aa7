package io.github.tornadoctc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Series as memory could have them: those of a leak, and those of a JVM that has its own reasons. */
class TrendTest {
    private static final long TOLERANCE = 16 << 20;
    private static final int LOOKS = 15;
    private static final long BASE = 900 << 20;

    @Test
    void aLeakGoesOn() {
        // 30 MB in a pass
        assertThat(series(look -> BASE + look * (2 << 20)).goesOn(TOLERANCE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aLeakGoesOnUnderNoise(long seed) {
        Random random = new Random(seed);
        assertThat(series(look -> BASE + look * (3 << 20) + random.nextInt(-(4 << 20), 4 << 20))
                        .goesOn(TOLERANCE))
                .isTrue();
    }

    @Test
    void aLeakInStepsGoesOn() {
        assertThat(series(look -> BASE + look / 3 * (6 << 20)).goesOn(TOLERANCE))
                .isTrue();
    }

    @Test
    void whatDoesNotGrowIsSettled() {
        assertSettled(series(look -> BASE));
        assertSettled(series(look -> BASE - look * (1 << 20)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noiseAloneDoesNotGoOn(long seed) {
        Random random = new Random(seed);
        assertThat(series(look -> BASE + random.nextInt(12 << 20)).goesOn(TOLERANCE))
                .isFalse();
    }

    /** A heap that is made larger, or an arena of the C library: 140 MB at once. */
    @Test
    void oneStepAtAnyTimeDoesNotGoOn() {
        for (int at = 0; at < LOOKS; at++) {
            int step = at;
            assertThat(series(look -> BASE + (look < step ? 0 : 140 << 20)).goesOn(TOLERANCE))
                    .as("at %d", at)
                    .isFalse();
        }
    }

    @Test
    void aStepInTheLastThirdIsNotSettledYet() {
        assertThat(series(look -> BASE + (look < 12 ? 0 : 140 << 20)).isSettled(TOLERANCE))
                .isFalse();
    }

    @Test
    void growthThatSettlesIsSettled() {
        assertSettled(series(look -> BASE + (long) (100 << 20) * (16 - (16 >> look)) / 16));
    }

    @Test
    void whatMayNotGrowAtAll() {
        assertThat(series(look -> 1000 + look).goesOn(0)).isTrue();
        assertThat(series(look -> 1000).goesOn(0)).isFalse();
    }

    @Test
    void threeLooksAreTheFewest() {
        assertThat(Trend.of(1, 2, 3).goesOn(0)).isTrue();
        assertThatThrownBy(() -> Trend.of(1, 2)).hasMessage("looks has 2 values, less than 3");
    }

    private static void assertSettled(Trend trend) {
        assertThat(trend.isSettled(TOLERANCE)).isTrue();
        assertThat(trend.goesOn(TOLERANCE)).isFalse();
    }

    private static Trend series(LongUnaryOperator looks) {
        return Trend.of(LongStream.range(0, LOOKS).map(looks).toArray());
    }
}
