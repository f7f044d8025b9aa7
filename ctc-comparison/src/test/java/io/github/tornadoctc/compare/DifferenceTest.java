package io.github.tornadoctc.compare;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DifferenceTest {
    @Test
    void aLossIsOffRelativeToItselfOrToOne() {
        assertThat(Difference.relative(0.5, 0.25)).isEqualTo(0.25);
        assertThat(Difference.relative(110, 100)).isEqualTo(0.1);
        assertThat(Difference.relative(-90, -100)).isEqualTo(0.1);
        assertThat(Difference.absolute(110, 100)).isEqualTo(10);
    }

    @Test
    void theSameInfinityAndNanAreEqual() {
        for (double value : new double[] {POSITIVE_INFINITY, NEGATIVE_INFINITY, NaN}) {
            assertThat(Difference.absolute(value, value)).isZero();
            assertThat(Difference.relative(value, value)).isZero();
        }
    }

    @Test
    void whatIsNotFiniteWhereItShouldBeIsInfinitelyFarOff() {
        double[][] pairs = {
            {NaN, 1}, {1, NaN}, {1, POSITIVE_INFINITY}, {POSITIVE_INFINITY, 1}, {NEGATIVE_INFINITY, POSITIVE_INFINITY}
        };
        for (double[] pair : pairs) {
            assertThat(Difference.absolute(pair[0], pair[1])).isEqualTo(POSITIVE_INFINITY);
            assertThat(Difference.relative(pair[0], pair[1])).isEqualTo(POSITIVE_INFINITY);
        }
    }

    @Test
    void ulpsAreStepsFromFloatToFloat() {
        assertThat(Difference.ulps(1, 1 + 1e-12)).isZero();
        assertThat(Difference.ulps(1, Math.nextUp(1f))).isEqualTo(1);
        assertThat(Difference.ulps(Math.nextDown(1f), Math.nextUp(1f))).isEqualTo(2);
        assertThat(Difference.ulps(-Float.MIN_VALUE, Float.MIN_VALUE)).isEqualTo(2);
        assertThat(Difference.ulps(-0.0, 0.0)).isZero();
        assertThat(Difference.ulps(POSITIVE_INFINITY, 1)).isInfinite();
        assertThat(Difference.ulps(NaN, NaN)).isZero();
    }
}
