package io.github.tornadoctc.reference;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogSpaceTest {

    @Test
    void sumsProbabilities() {
        assertThat(LogSpace.sum(Math.log(0.1), Math.log(0.3))).isCloseTo(Math.log(0.4), within(1e-15));
        assertThat(LogSpace.sum(Math.log(0.1), Math.log(0.2), Math.log(0.3))).isCloseTo(Math.log(0.6), within(1e-15));
    }

    @Test
    void sumsWhatWouldOverflowOrUnderflowAsPlainNumbers() {
        assertThat(LogSpace.sum(5000, 5000)).isEqualTo(5000 + Math.log(2));
        assertThat(LogSpace.sum(-5000, -5000)).isEqualTo(-5000 + Math.log(2));
        assertThat(LogSpace.sum(-5000, -5000, -5000, -5000)).isEqualTo(-5000 + Math.log(4));
    }

    @Test
    void nothingAddsNothing() {
        assertThat(LogSpace.sum(NEGATIVE_INFINITY, -3)).isEqualTo(-3);
        assertThat(LogSpace.sum(-3, NEGATIVE_INFINITY)).isEqualTo(-3);
        assertThat(LogSpace.sum(NEGATIVE_INFINITY, NEGATIVE_INFINITY)).isEqualTo(NEGATIVE_INFINITY);
        assertThat(LogSpace.sum(NEGATIVE_INFINITY, NEGATIVE_INFINITY, NEGATIVE_INFINITY))
                .isEqualTo(NEGATIVE_INFINITY);
        assertThat(LogSpace.sum()).isEqualTo(NEGATIVE_INFINITY);
    }

    @Test
    void infinityAndNaNAreNotHidden() {
        assertThat(LogSpace.sum(POSITIVE_INFINITY, 1)).isEqualTo(POSITIVE_INFINITY);
        assertThat(LogSpace.sum(1, 2, POSITIVE_INFINITY)).isEqualTo(POSITIVE_INFINITY);
        assertThat(LogSpace.sum(NaN, 1)).isNaN();
        assertThat(LogSpace.sum(1, 2, NaN)).isNaN();
    }
}
