package io.github.tornadoctc.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a case may be changed into without its result being another. */
interface Invariances extends Properties {

    @Test
    default void aConstantAddedToAFrameOfLogitsChangesNothing() {
        hold(sizes -> {
            RandomCase original = RandomCase.of(sizes);
            RandomCase shifted = original.copy();
            Random random = new Random(sizes.seed());
            for (int row = 0; row < shifted.scores.length; row += shifted.symbols) {
                float constant = random.nextInt(-400, 400) / 8f;
                for (int v = 0; v < shifted.symbols; v++) {
                    shifted.scores[row + v] += constant;
                }
            }
            assertAlike(
                    original,
                    compute(original, LOGITS),
                    compute(shifted, LOGITS),
                    IntStream.range(0, original.symbols).toArray());
        });
    }

    @Test
    default void renamingSymbolsRenamesTheGradient() {
        hold(sizes -> {
            RandomCase original = RandomCase.of(sizes);
            List<Integer> names =
                    new ArrayList<>(IntStream.range(0, original.symbols).boxed().toList());
            Collections.shuffle(names, new Random(sizes.seed()));
            int[] renaming = names.stream().mapToInt(i -> i).toArray();
            CtcOptions options = RandomCase.options(sizes);
            assertAlike(original, compute(original, options), compute(original.renamed(renaming), options), renaming);
        });
    }

    @Test
    default void garbageInThePaddingChangesNoBit() {
        float[] garbage = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, -1e30f, 0};
        hold(sizes -> {
            RandomCase original = RandomCase.of(sizes);
            RandomCase dirty = original.copy();
            Random random = new Random(sizes.seed());
            for (int b = 0; b < dirty.batchSize; b++) {
                for (int t = dirty.inputLengths[b]; t < dirty.timeSteps; t++) {
                    for (int v = 0; v < dirty.symbols; v++) {
                        dirty.scores[dirty.row(t, b) + v] = garbage[random.nextInt(garbage.length)];
                    }
                }
            }
            CtcOptions options = RandomCase.options(sizes);
            CtcResult expected = compute(original, options);
            CtcResult actual = compute(dirty, options);
            assertThat(actual.statuses()).isEqualTo(expected.statuses());
            assertThat(actual.losses()).isEqualTo(expected.losses());
            assertThat(actual.gradient().mismatch(expected.gradient()))
                    .as("first byte of the gradient that differs")
                    .isEqualTo(-1);
        });
    }

    @Test
    default void anUtteranceAloneEqualsItselfInTheBatchToTheBit() {
        hold(sizes -> {
            RandomCase together = RandomCase.of(sizes);
            CtcOptions options = RandomCase.options(sizes);
            CtcBatch batch = together.batch();
            CtcResult expected = compute(together, options);
            for (int b = 0; b < together.batchSize; b++) {
                CtcBatch alone = together.alone(b).batch();
                CtcResult actual = backend().compute(alone, options);
                assertThat(actual.status(0)).as("status of %d", b).isEqualTo(expected.status(b));
                assertThat(actual.loss(0)).as("loss of %d", b).isEqualTo(expected.loss(b));
                for (int t = 0; t < together.inputLengths[b]; t++) {
                    for (int v = 0; v < together.symbols; v++) {
                        assertThat(actual.gradient(alone, t, 0, v))
                                .as("gradient at frame %d, utterance %d, symbol %d", t, b, v)
                                .isEqualTo(expected.gradient(batch, t, b, v));
                    }
                }
            }
        });
    }

    @Test
    default void timeAndTargetReversedHaveTheSameLoss() {
        hold(sizes -> {
            RandomCase original = RandomCase.of(sizes);
            CtcOptions options = RandomCase.options(sizes).withGradient(false);
            assertLosses(compute(original, options), compute(original.reversed(), options));
        });
    }
}
