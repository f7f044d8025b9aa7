package io.github.tornadoctc.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class QuartilesTest {
    @Test
    void quartilesOfFiveAreAmongThem() {
        assertThat(Quartiles.of(50, 10, 30, 20, 40)).isEqualTo(new Quartiles(20, 30, 40, 5));
    }

    @Test
    void betweenTwoNeighboursIsInterpolated() {
        assertThat(Quartiles.of(1, 2)).isEqualTo(new Quartiles(1.25, 1.5, 1.75, 2));
    }

    @Test
    void oneValueIsAllThree() {
        assertThat(Quartiles.of(7)).isEqualTo(new Quartiles(7, 7, 7, 1));
    }

    @Test
    void nothingHasNoQuartiles() {
        assertThatIllegalArgumentException().isThrownBy(Quartiles::of);
    }
}
