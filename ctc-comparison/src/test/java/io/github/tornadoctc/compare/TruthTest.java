package io.github.tornadoctc.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class TruthTest {
    private static final CtcOptions OPTIONS = CtcOptions.defaults();
    private static final CtcBatch BATCH = new CtcShape("small", 9, 4, 5, 3).randomBatch(1);

    @Test
    void saysOfEveryResultWhatAComparisonOfItSays() {
        Truth truth = Truth.of(BATCH, OPTIONS);
        CtcResult right = computed(OPTIONS);
        CtcResult wrong = computed(OPTIONS);
        wrong.gradient().setAtIndex(ValueLayout.JAVA_FLOAT, 0, 7);
        for (CtcResult result : new CtcResult[] {right, wrong}) {
            ResultComparison once = ResultComparison.of(BATCH, OPTIONS, result);
            assertThat(truth.compare(result).utterances()).isEqualTo(once.utterances());
            assertThat(truth.compare(result).reduced()).isEqualTo(once.reduced());
        }
        assertThat(truth.utterances()).isEqualTo(4);
    }

    @Test
    void aResultMayDoWithoutGradient() {
        ResultComparison comparison = Truth.of(BATCH, OPTIONS).compare(computed(OPTIONS.withGradient(false)));
        assertThat(comparison.beyond(Thresholds.DEFAULTS)).isEmpty();
        assertThat(comparison.gradientErrors().histogram().count()).isZero();
    }

    @Test
    void ofTheFirstUtterancesNoOtherIsLookedAt() {
        Truth truth = Truth.ofFirst(2, BATCH, OPTIONS);
        CtcResult result = computed(OPTIONS);
        result.set(2, CtcStatus.OK, 1e9, OPTIONS);
        result.reduce(BATCH, OPTIONS);
        assertThat(truth.compare(result).beyond(Thresholds.DEFAULTS)).isEmpty();
        assertThat(truth.compare(result).utterances()).hasSize(2);
        result.set(1, CtcStatus.OK, 1e9, OPTIONS);
        assertThat(truth.compare(result).beyond(Thresholds.DEFAULTS)).hasSize(1);
    }

    @Test
    void aBatchHasNoMoreUtterancesThanItHas() {
        assertThat(Truth.ofFirst(0, BATCH, OPTIONS).utterances()).isZero();
        assertThatThrownBy(() -> Truth.ofFirst(5, BATCH, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("utterances = 5, but the batch has 4");
    }

    private static CtcResult computed(CtcOptions options) {
        try (CtcBackend backend = CtcBackends.open("parallel")) {
            return backend.compute(BATCH, options);
        }
    }
}
