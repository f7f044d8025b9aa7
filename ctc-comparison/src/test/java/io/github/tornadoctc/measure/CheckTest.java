package io.github.tornadoctc.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckTest {
    private final CtcBatch batch = new CtcShape("small", 12, 3, 5, 4).randomBatch(1);
    private final Check check = new Check(batch);

    @Test
    void aRightResultPasses() {
        assertThat(check.error(computed())).isEmpty();
        assertThat(check.utterances()).isEqualTo(3);
    }

    @Test
    void aWrongGradientIsNamed() {
        CtcResult result = computed();
        result.gradient().setAtIndex(ValueLayout.JAVA_FLOAT, batch.rowOffset(2, 1) + 3, 0.5f);
        assertThat(check.error(result))
                .hasValueSatisfying(message -> assertThat(message).startsWith("gradient[t=2][b=1][v=3] = 0.5"));
    }

    @Test
    void aGradientThatIsNotANumberIsWrong() {
        CtcResult result = computed();
        result.gradient().setAtIndex(ValueLayout.JAVA_FLOAT, 0, Float.NaN);
        assertThat(check.error(result)).isPresent();
    }

    @Test
    void ofBigBatchesOnlySomeUtterancesAreChecked() {
        assertThat(new Check(new CtcShape("big", 400, 40, 1000, 10).randomBatch(1)).utterances())
                .isEqualTo(12);
    }

    @Test
    void aPathThatIsNotTheReferencesIsNamed() {
        try (CtcBackend backend = CtcBackends.open("reference")) {
            CtcAligner aligner = backend.operation(CtcAligner.class).orElseThrow();
            List<CtcAlignment> alignments = aligner.align(batch, AlignmentOptions.defaults());
            assertThat(check.error(alignments)).isEmpty();
            CtcBatch other = new CtcShape("small", 12, 3, 5, 4).randomBatch(2);
            assertThat(check.error(aligner.align(other, AlignmentOptions.defaults())))
                    .hasValueSatisfying(message -> assertThat(message)
                            .startsWith("the path of utterance 0 is another one than the reference's"));
        }
    }

    private CtcResult computed() {
        try (CtcBackend backend = CtcBackends.open("parallel")) {
            return backend.compute(batch, Mode.STEP.options());
        }
    }
}
