package io.github.tornadoctc.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfidenceTest {
    /** What softmax gives a symbol whose logit is 9 beside six of 0. */
    private static final double SAID = Math.exp(9) / (Math.exp(9) + 6);

    @Test
    void ofALabelThatIsSaidItIsItsProbability() {
        Confidence confidence = Said.aligned("aa_b", "ab").confidence();
        assertThat(confidence.ofLabel(0)).isCloseTo(SAID, within(1e-6));
        assertThat(confidence.ofLabel(1)).isCloseTo(SAID, within(1e-6));
        assertThat(confidence.ofUtterance()).isCloseTo(SAID, within(1e-6));
    }

    /** Though the posterior of its state, given the target, is that of any other. */
    @Test
    void aLabelThatIsNotSaidHasNone() {
        Confidence confidence = Said.aligned("aa_b", "acb").confidence();
        assertThat(confidence.ofLabel(1)).isLessThan(0.01);
        assertThat(confidence.ofLabel(0)).isGreaterThan(0.9);
        assertThat(confidence.ofLabels(0, 1)).isCloseTo(confidence.ofLabel(0), within(1e-12));
        assertThat(confidence.ofUtterance())
                .isCloseTo(
                        Math.cbrt(confidence.ofLabel(0) * confidence.ofLabel(1) * confidence.ofLabel(2)),
                        within(1e-12));
    }

    @Test
    void ofNothingItIsOne() {
        assertThat(Said.aligned("__", "").confidence().ofUtterance()).isEqualTo(1);
    }

    @Test
    void whatDoesNotBelongTogetherIsRefused() {
        Said some = Said.aligned("aa_b", "ab");
        Said others = Said.aligned("aa_b_", "ab");
        assertThatThrownBy(() -> Confidence.of(some.alignment, others.occupation))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 frames and 2 labels, the occupation 5 frames and 5 states");
    }
}
