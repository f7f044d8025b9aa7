package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.math.TornadoMath;

class TornadoMathTest {
    @Test
    void floatFunctionsAreTheDoubleOnesRounded() {
        for (float x : new float[] {-2.5f, -0.3f, 0.1f, 0.9f, 3.7f, 20f}) {
            assertThat(TornadoMath.exp(x)).isEqualTo((float) Math.exp(x));
            assertThat(TornadoMath.tanh(x)).isEqualTo((float) Math.tanh(x));
            assertThat(TornadoMath.sin(x)).isEqualTo((float) Math.sin(x));
            assertThat(TornadoMath.log(Math.abs(x))).isEqualTo((float) Math.log(Math.abs(x)));
            assertThat(TornadoMath.sqrt(Math.abs(x))).isEqualTo((float) Math.sqrt(Math.abs(x)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 2})
    void aCoarseExponentialIsOffByThatManyUlpsAndTheRoundingOfItsArgument(int ulps) {
        for (float x = -80; x < 80; x += 0.37f) {
            double expected = Math.exp(x);
            float value = x;
            float actual = Emulator.withExponentialError(ulps).call(() -> TornadoMath.exp(value));
            assertThat(actual / expected - 1).isBetween(-4e-7 - 1e-7 * Math.abs(x), 4e-7 + 1e-7 * Math.abs(x));
        }
        assertThat((float) Emulator.withExponentialError(ulps).call(() -> TornadoMath.exp(0f)))
                .isEqualTo(1f + ulps * Math.ulp(1f));
        assertThat((float) Emulator.withExponentialError(ulps).call(() -> TornadoMath.exp(Float.NEGATIVE_INFINITY)))
                .isZero();
    }

    @Test
    void log2OfAPowerOfTwoIsItsExponent() {
        assertThat(TornadoMath.log2(8f)).isEqualTo(3);
        assertThat(TornadoMath.log2(0.25)).isEqualTo(-2);
    }

    @Test
    void clampKeepsAValueBetweenItsBounds() {
        assertThat(TornadoMath.clamp(5, 0, 3)).isEqualTo(3);
        assertThat(TornadoMath.clamp(-1f, 0f, 3f)).isEqualTo(0);
        assertThat(TornadoMath.clamp(2.0, 0.0, 3.0)).isEqualTo(2);
        assertThat(TornadoMath.clamp((byte) 9, (byte) 0, (byte) 3)).isEqualTo((byte) 3);
    }

    @Test
    void inverseFunctionsInvert() {
        assertThat(TornadoMath.acosh(Math.cosh(1.5))).isCloseTo(1.5, within(1e-12));
        assertThat(TornadoMath.asinh(Math.sinh(-1.5))).isCloseTo(-1.5, within(1e-12));
        assertThat(TornadoMath.sinpi(0.5)).isEqualTo(1);
        assertThat(TornadoMath.cospi(1f)).isEqualTo(-1);
        assertThat(TornadoMath.fract(-0.25f)).isEqualTo(0.75f);
    }
}
