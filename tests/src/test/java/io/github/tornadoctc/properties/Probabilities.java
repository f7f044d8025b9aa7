package io.github.tornadoctc.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.reference.BruteForceCtc;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What follows from losses being logarithms of probabilities. */
interface Probabilities extends Properties {

    @Test
    default void lossesOfTinyCasesAreThoseOfEnumeration() {
        Trials.hold(trials(), largest().atMost(5, 3, 3, 4), sizes -> {
            RandomCase tiny = RandomCase.of(sizes);
            CtcOptions options = RandomCase.options(sizes).withGradient(false);
            CtcResult result = compute(tiny, options);
            for (int b = 0; b < tiny.batchSize; b++) {
                assertLoss(b, result.loss(b), BruteForceCtc.loss(tiny.batch(), b, options));
            }
        });
    }

    @Test
    default void theGradientOfAFrameOfLogitsSumsToZeroAndNoneOfItIsLargerThanOne() {
        hold(sizes -> {
            RandomCase any = RandomCase.of(sizes);
            CtcBatch batch = any.batch();
            CtcResult result = compute(any, LOGITS);
            for (int b = 0; b < any.batchSize; b++) {
                for (int t = 0; t < any.timeSteps; t++) {
                    double sum = 0;
                    for (int v = 0; v < any.symbols; v++) {
                        float element = result.gradient(batch, t, b, v);
                        assertThat(element).isBetween(-1 - 1e-6f, 1 + 1e-6f);
                        sum += element;
                    }
                    assertThat(sum)
                            .as("frame %d, utterance %d", t, b)
                            .isCloseTo(0, within(gradientTolerance() * any.symbols));
                }
            }
        });
    }

    @Test
    default void theProbabilitiesOfAllTargetsSumToOne() {
        Trials.hold(trials(), largest().atMost(4, 1, 3, 0), sizes -> {
            RandomCase one = RandomCase.of(sizes);
            List<int[]> targets = everyTarget(one);
            RandomCase all = one.resized(one.timeSteps, targets.size());
            for (int b = 0; b < targets.size(); b++) {
                all.targets[b] = targets.get(b);
                for (int t = 0; t < one.timeSteps; t++) {
                    all.copyRow(one, t, 0, t, b);
                }
            }
            CtcResult result = compute(all, LOGITS.withGradient(false));
            double sum = DoubleStream.of(result.losses())
                    .map(loss -> Math.exp(-loss))
                    .sum();
            assertThat(sum).isCloseTo(1, within(10 * lossTolerance()));
        });
    }

    @Test
    default void moreFramesNeverMakeATargetInfeasible() {
        hold(sizes -> {
            RandomCase original = RandomCase.of(sizes);
            RandomCase longer = original.resized(original.timeSteps + 1, original.batchSize);
            for (int b = 0; b < original.batchSize; b++) {
                longer.targets[b] = original.targets[b];
                longer.inputLengths[b] = original.inputLengths[b] + 1;
                for (int t = 0; t < original.timeSteps; t++) {
                    longer.copyRow(original, t, b, t, b);
                }
            }
            CtcResult before = compute(original, LOGITS.withGradient(false));
            CtcResult after = compute(longer, LOGITS.withGradient(false));
            for (int b = 0; b < original.batchSize; b++) {
                if (before.status(b) == CtcStatus.OK) {
                    assertThat(after.status(b)).as("status of %d", b).isEqualTo(CtcStatus.OK);
                }
            }
        });
    }

    /** Every label sequence that is not longer than the frames. */
    private static List<int[]> everyTarget(RandomCase one) {
        List<int[]> targets = new ArrayList<>(List.of(new int[0]));
        for (int i = 0; i < targets.size(); i++) {
            int[] shorter = targets.get(i);
            for (int v = 0; v < one.symbols && shorter.length < one.timeSteps; v++) {
                if (v != one.blank) {
                    targets.add(IntStream.concat(IntStream.of(shorter), IntStream.of(v))
                            .toArray());
                }
            }
        }
        return targets;
    }
}
