package io.github.tornadoctc.examples.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogProbabilityTest {

    @Test
    void scoresBetweenMinus32AndMinus16AreMultiplesOf2ToTheMinus8() {
        new Random(1).doubles(1000, -32, -16).forEach(score -> {
            double scaled = LogProbability.round((float) score) * 256.0;
            assertThat(scaled).isEqualTo(Math.rint(scaled));
        });
    }

    @Test
    void scoreIsRightTo2ToTheMinus13OfItself() {
        new Random(2).doubles(1000, -30, 0).map(Math::exp).forEach(p -> {
            double exact = Math.log((float) p);
            assertThat((double) LogProbability.of((float) p)).isCloseTo(exact, within(Math.abs(exact) * 0x1.01p-13));
        });
    }

    @Test
    void scoreNearZeroDoesNotBecomeZero() {
        assertThat(LogProbability.of(Math.nextDown(1f))).isEqualTo(-0x1p-24f);
    }

    @Test
    void certaintyIsZero() {
        assertThat(LogProbability.of(1f)).isZero();
    }

    @Test
    void underflowedProbabilityStaysPossible() {
        assertThat(LogProbability.of(0f)).isFinite().isLessThan(-87f);
    }
}
