package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CtcOptionsTest {

    @Test
    void theDefaultIsLogitsUnreducedWithGradient() {
        assertThat(CtcOptions.defaults()).isEqualTo(new CtcOptions(Scores.LOGITS, Reduction.NONE, false, true));
    }

    @Test
    void eachOptionChangesAlone() {
        CtcOptions options = CtcOptions.defaults();
        assertThat(options.withScores(Scores.LOG_PROBS))
                .isEqualTo(new CtcOptions(Scores.LOG_PROBS, Reduction.NONE, false, true));
        assertThat(options.withReduction(Reduction.MEAN))
                .isEqualTo(new CtcOptions(Scores.LOGITS, Reduction.MEAN, false, true));
        assertThat(options.withZeroInfinity(true)).isEqualTo(new CtcOptions(Scores.LOGITS, Reduction.NONE, true, true));
        assertThat(options.withGradient(false)).isEqualTo(new CtcOptions(Scores.LOGITS, Reduction.NONE, false, false));
    }

    @Test
    @SuppressWarnings("NullAway") // callers whose nulls nobody checks are what the rule is for
    void noneMayBeNull() {
        CtcOptions options = CtcOptions.defaults();
        assertThatThrownBy(() -> options.withScores(null)).hasMessage("scores");
        assertThatThrownBy(() -> options.withReduction(null)).hasMessage("reduction");
    }
}
