package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.Wildcards.Cost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WildcardsTest {
    private static final CtcBatch BATCH = CtcBatch.builder(5, 2, 4)
            .scores(new float[40])
            .targets(new int[] {1, 2}, new int[] {3})
            .build();

    @Test
    void endsAreBeforeTheFirstLabelAndAfterTheLast() {
        Wildcards ends = Wildcards.atEnds();
        assertThat(ends.standsAt(BATCH, 0, 0)).isTrue();
        assertThat(ends.standsAt(BATCH, 0, 1)).isFalse();
        assertThat(ends.standsAt(BATCH, 0, 2)).isTrue();
        assertThat(ends.standsAt(BATCH, 1, 1)).isTrue();
        assertThat(ends.isEmpty()).isFalse();
    }

    @Test
    void placesMayBeGivenInAnyOrder() {
        Wildcards some = Wildcards.at(new int[] {2, 0, 1}, new int[0]).costing(Cost.constant(-3));
        assertThat(some.standsAt(BATCH, 0, 1)).isTrue();
        assertThat(some.standsAt(BATCH, 1, 1)).isFalse();
        assertThat(some.cost()).isEqualTo(new Cost(true, -3));
    }

    @Test
    void noneStandNowhere() {
        assertThat(Wildcards.none().isEmpty()).isTrue();
        assertThat(Wildcards.none().standsAt(BATCH, 0, 0)).isFalse();
        AlignmentOptions.defaults().check(BATCH);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aCostIsANumber(double nats) {
        assertThatThrownBy(() -> Cost.constant(nats))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("logProbability = " + nats);
        assertThatThrownBy(() -> Cost.belowBest(nats)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingIsBetterThanTheBest() {
        assertThatThrownBy(() -> Cost.belowBest(-0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nats = -0.1");
    }
}
