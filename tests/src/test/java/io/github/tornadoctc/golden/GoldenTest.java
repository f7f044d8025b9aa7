package io.github.tornadoctc.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.BackendTest;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every golden case, against one backend: where we agree with libtorch and, in {@link Differences}, where not. */
abstract class GoldenTest extends BackendTest {
    GoldenTest(String name, double lossTolerance, double gradientTolerance) {
        super("Golden cases", name, lossTolerance, gradientTolerance);
    }

    Answer answer(CtcBackend ours, CtcBatch batch, CtcOptions options) {
        return Answer.of(batch, ours.compute(batch, options));
    }

    private Comparison compare(GoldenCase golden) {
        CtcBatch batch = golden.batch();
        Answer answer = answer(backend(), batch, golden.options());
        return new Comparison(golden, batch, answer, lossTolerance(), gradientTolerance());
    }

    @Test
    void thereAreMoreThanSixtyOnWhichWeAgree() {
        assertThat(Stream.of("logits", "options")
                        .mapToInt(theme -> GoldenCase.all(theme).size())
                        .sum())
                .isGreaterThan(60);
    }

    @TestFactory
    Stream<DynamicTest> logits() {
        return each("logits", "", golden -> compare(golden).assertAgrees());
    }

    @TestFactory
    Stream<DynamicTest> options() {
        return each("options", "", golden -> compare(golden).assertAgrees());
    }

    /** Its losses are ours; its gradient is exp(score) more than ours, which the comparison takes off. */
    @TestFactory
    Stream<DynamicTest> logProbs() {
        return each("log-probs", "", golden -> compare(golden).assertAgrees());
    }

    @TestFactory
    Stream<DynamicTest> infeasible() {
        return each("differences", "infeasible: ", golden -> Differences.infeasible(compare(golden)));
    }

    @TestFactory
    Stream<DynamicTest> masked() {
        return each("differences", "masked: ", golden -> Differences.masked(compare(golden)));
    }

    @TestFactory
    Stream<DynamicTest> padding() {
        return each("differences", "padding: ", golden -> Differences.padding(compare(golden)));
    }

    @TestFactory
    Stream<DynamicTest> nonFinite() {
        return each("differences", "non-finite: ", golden -> Differences.nonFinite(compare(golden)));
    }

    @TestFactory
    Stream<DynamicTest> blankInTarget() {
        return each("differences", "blank in target: ", Differences::blankInTarget);
    }

    /** A rule about one case. */
    private interface Rule {
        void hold(GoldenCase golden);
    }

    private static Stream<DynamicTest> each(String theme, String prefix, Rule rule) {
        var cases = GoldenCase.all(theme).stream()
                .filter(golden -> golden.name().startsWith(prefix))
                .toList();
        assertThat(cases).as(theme + " " + prefix).isNotEmpty();
        return cases.stream().map(golden -> DynamicTest.dynamicTest(golden.name(), () -> rule.hold(golden)));
    }
}
