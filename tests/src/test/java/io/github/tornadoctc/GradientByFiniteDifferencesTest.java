package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.reference.ReferenceCtc;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.ValueLayout;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.apache.commons.math3.analysis.differentiation.FiniteDifferencesDifferentiator;
import org.apache.commons.math3.analysis.differentiation.UnivariateDifferentiableFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gradient is the derivative of the reduced loss, taken with no knowledge of CTC. */
class GradientByFiniteDifferencesTest {
    /** Seven points leave an error of h⁶; the step is exact in float32, since scores are multiples of 2⁻¹⁰. */
    private static final FiniteDifferencesDifferentiator DIFFERENTIATOR =
            new FiniteDifferencesDifferentiator(7, 1 / 64.0);

    private static final ReferenceCtc REFERENCE = new ReferenceCtc();

    /** Five utterances of six frames and four symbols, one empty, one with repeats, one infeasible, two shortened. */
    private static CtcBatch batch(float[] scores) {
        return CtcBatch.builder(6, 5, 4)
                .scores(scores)
                .inputLengths(6, 6, 6, 4, 5)
                .targets(new int[] {1, 2, 3}, new int[0], new int[] {2, 2, 2}, new int[] {3, 3, 3}, new int[] {1})
                .build();
    }

    private static float[] scores() {
        float[] scores = new CtcShape("", 6, 5, 4, 1).randomBatch(8).scores().toArray(ValueLayout.JAVA_FLOAT);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.round(scores[i] * 1024) / 1024f;
        }
        return scores;
    }

    @ParameterizedTest
    @EnumSource
    void theGradientIsTheDerivativeOfTheReducedLoss(Reduction reduction) {
        for (Scores kind : Scores.values()) {
            // an infinite loss has no derivative
            CtcOptions options = new CtcOptions(kind, reduction, true, true);
            CtcResult result = REFERENCE.compute(batch(scores()), options);
            for (int i = 0; i < scores().length; i++) {
                assertThat((double) result.gradient().getAtIndex(ValueLayout.JAVA_FLOAT, i))
                        .as("%s, score %d", kind, i)
                        .isCloseTo(derivative(i, options), within(1e-6));
            }
        }
    }

    private static double derivative(int i, CtcOptions options) {
        float[] scores = scores();
        UnivariateDifferentiableFunction loss = DIFFERENTIATOR.differentiate((double score) -> {
            float[] changed = scores.clone();
            changed[i] = (float) score;
            return REFERENCE
                    .compute(batch(changed), options.withGradient(false))
                    .reduced();
        });
        return loss.value(new DerivativeStructure(1, 1, 0, scores[i])).getPartialDerivative(1);
    }
}
