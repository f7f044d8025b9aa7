package io.github.tornadoctc.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogNumberTest {
    private static final LogNumber HUGE = LogNumber.of(-1e17);

    @Test
    void aProductKeepsWhatADoubleWouldDrop() {
        assertThat(-1e17 - 3).isEqualTo(-1e17);
        assertThat(HUGE.times(-3).dividedBy(HUGE).value()).isEqualTo(-3);
        assertThat(HUGE.times(-3).times(HUGE).dividedBy(HUGE).dividedBy(HUGE).value())
                .isEqualTo(-3);
    }

    @Test
    void aSumIsOfProbabilities() {
        LogNumber sum = LogNumber.of(Math.log(0.1)).plus(LogNumber.of(Math.log(0.3)));
        assertThat(sum.value()).isCloseTo(Math.log(0.4), within(1e-15));
        LogNumber small = HUGE.times(-1).plus(HUGE.times(-2));
        assertThat(small.dividedBy(HUGE).value()).isCloseTo(Math.log(Math.exp(-1) + Math.exp(-2)), within(1e-15));
        assertThat(LogNumber.of(-5000).plus(LogNumber.of(-5000)).value()).isEqualTo(-5000 + Math.log(2));
    }

    @Test
    void nothingAddsNothing() {
        assertThat(HUGE.plus(LogNumber.NOTHING)).isEqualTo(HUGE);
        assertThat(LogNumber.NOTHING.plus(HUGE)).isEqualTo(HUGE);
        assertThat(LogNumber.NOTHING.plus(LogNumber.NOTHING)).isEqualTo(LogNumber.NOTHING);
        assertThat(LogNumber.NOTHING.times(-3)).isEqualTo(LogNumber.NOTHING);
    }

    @Test
    void infinityAndNaNAreNotHidden() {
        LogNumber undefined = LogNumber.of(Double.NaN);
        assertThat(undefined.plus(HUGE).value()).isNaN();
        assertThat(HUGE.plus(undefined).value()).isNaN();
        assertThat(undefined.times(1).value()).isNaN();
        assertThat(LogNumber.of(Double.POSITIVE_INFINITY).plus(HUGE).value()).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
