package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.compare.Deviation;
import io.github.tornadoctc.compare.Difference;
import io.github.tornadoctc.compare.ResultComparison;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recursion in extended floats takes any score, and is right by itself, though it is there for the steep ones. */
class ExtendedRecursionTest {
    private static final CtcOptions LOGITS = CtcOptions.defaults();
    private static final double LN_2 = Math.log(2);

    /** T and U: much room and none, one segment and several, and rims at every offset within a vector. */
    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "40, 0", "9, 5", "30, 7", "30, 8", "35, 20", "60, 40", "3000, 7", "300, 130", "250, 200"
    })
    void scoresOfEverySpread(int frames, int labels) {
        for (double scale : new double[] {0.1, 1, 10, 100, 1e4}) {
            CtcBatch batch = LinearRecursionTest.batch(labels, frames, labels, scale);
            for (Scores scores : Scores.values()) {
                assertRight(batch, LOGITS.withScores(scores));
            }
        }
    }

    @Test
    void rimsMayLieAnywhere() {
        for (int labels = 10; labels < 28; labels++) {
            for (int spare = labels; spare < labels + 20; spare += 3) {
                assertRight(LinearRecursionTest.batch(labels, labels + spare, labels, 20), LOGITS);
            }
        }
    }

    @Test
    void maskedSymbolsAreNoPaths() {
        for (int seed = 0; seed < 30; seed++) {
            CtcBatch batch =
                    Batches.one(seed, 30, 6, new int[] {1, 2, 2, 3}, x -> x > 0.5 ? Double.NEGATIVE_INFINITY : 50 * x);
            assertRight(batch, LOGITS.withScores(Scores.LOG_PROBS));
        }
    }

    @Test
    void whatHasNoPathIsRefused() {
        float[] scores = new float[10 * 4];
        for (int v = 1; v < 4; v++) {
            scores[5 * 4 + v] = Float.NEGATIVE_INFINITY;
        }
        CtcBatch batch = CtcBatch.builder(10, 1, 4)
                .scores(scores)
                .targets(new int[] {1, 2, 3, 1, 2, 3, 1, 2, 3, 1})
                .build();
        for (Kernels kernels : Kernels.values()) {
            assertThat(alone(kernels, batch, LOGITS, CtcResult.allocate(batch, LOGITS)))
                    .isNull();
        }
    }

    /** Mantissas keep their range from one normalisation to the next, whatever the frames between do to them. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 20, 22, 44, 45, 1e3})
    void framesAllAlikeMoveMantissasTheSameWay(double drop) {
        float[] scores = new float[400 * 5];
        for (int at = 0; at < scores.length; at++) {
            scores[at] = at % 5 == 0 ? 0 : (float) -drop;
        }
        CtcBatch batch = CtcBatch.builder(400, 1, 5)
                .scores(scores)
                .targets(new int[] {1, 2, 3, 4, 1, 2, 3, 4, 4, 4, 1})
                .build();
        assertRight(batch, LOGITS);
    }

    @ParameterizedTest
    @EnumSource
    void noNumberChangesWhenItIsNormalised(Kernels kernels) {
        ExtendedState state = state(new Random(1));
        double[] mantissas = state.blank.clone();
        double[] exponents = state.blankExponent.clone();
        kernels.extended().normalise(state, 0, 15);
        for (int i = Target.PAD; i < Target.PAD + 16; i++) {
            assertThat(state.blankExponent[i] % ExtendedRow.STEP).isZero();
            assertThat(state.blank[i]).isBetween(0x1p-32, 0x1p32);
            assertThat(Math.scalb(state.blank[i], (int) (state.blankExponent[i] - exponents[i])))
                    .isEqualTo(mantissas[i]);
        }
    }

    private static ExtendedState state(Random random) {
        ExtendedState state = new ExtendedState();
        Target target = new Target();
        target.lanes = 16;
        state.start(target, 3);
        for (int i = 0; i < state.blank.length; i++) {
            state.blank[i] = Math.scalb(1 + random.nextDouble(), random.nextInt(600) - 298);
            state.blankExponent[i] = ExtendedRow.STEP * (random.nextInt(2000) - 1000);
            state.label[i] = Math.scalb(1 + random.nextDouble(), random.nextInt(600) - 298);
        }
        return state;
    }

    /** Within half a unit in the last place of the 22 nats that an exponent may leave, and roundings of e^x. */
    @ParameterizedTest
    @EnumSource
    void emissionsAreExponentials(Kernels kernels) {
        float[] scores = {0, -1e-3f, -1, -21.9f, -22.4f, -100, -500, -700};
        ExtendedRow row = row(kernels, scores);
        for (int slot = 0; slot < scores.length; slot++) {
            double expected = Math.exp(scores[slot]);
            assertThat(Math.scalb(row.mantissa[slot], (int) row.exponent[slot]) / expected)
                    .isBetween(1 - 2.5e-15, 1 + 2.5e-15);
        }
    }

    /** Two penalties of a size are one of twice the size: what is equally likely stays so. */
    @ParameterizedTest
    @EnumSource
    void penaltiesAddUpExactly(Kernels kernels) {
        for (float penalty : new float[] {-1e3f, -1e6f, -1e9f, -1e12f, -1e15f, -1e17f}) {
            ExtendedRow row = row(kernels, penalty, 2 * penalty, 0, 0, 0, 0, 0, 0);
            double twice = 2 * row.exponent[0] - row.exponent[1];
            assertThat(Math.scalb(row.mantissa[0] * row.mantissa[0], (int) twice) / row.mantissa[1])
                    .as("%s", penalty)
                    .isBetween(1 - 1e-13, 1 + 1e-13);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMaskedCountsForNothing(Kernels kernels) {
        ExtendedRow row = row(kernels, Float.NEGATIVE_INFINITY, -Float.MAX_VALUE, 0, 0, 0, 0, 0, 0);
        assertThat(row.exponent[0]).isLessThan(ExtendedState.IMPOSSIBLE);
        assertThat(row.mantissa[0]).isPositive().isFinite();
        assertThat(row.exponent[1]).isGreaterThan(ExtendedState.IMPOSSIBLE);
    }

    private static ExtendedRow row(Kernels kernels, float... scores) {
        ExtendedRow row = new ExtendedRow();
        row.mantissa = new double[scores.length];
        row.exponent = new double[scores.length];
        Arrays.setAll(row.mantissa, slot -> scores[slot]);
        kernels.extended().emissions(row, scores.length);
        return row;
    }

    /** As the reference, and the same bits with scalars and with vectors, by itself and in segments of its own. */
    private static void assertRight(CtcBatch batch, CtcOptions options) {
        CtcResult first = HeldToReference.dirtyResult(batch, options);
        Utterance expected = alone(Kernels.SCALAR, batch, options, first);
        if (expected == null) {
            assertThat(ResultComparison.of(batch, options, first)
                            .overall()
                            .loss()
                            .expected())
                    .isEqualTo(Double.POSITIVE_INFINITY);
            return;
        }
        assertAsTheReference(batch, options, first, expected);
        for (Kernels kernels : Kernels.values()) {
            for (boolean shared : List.of(false, true)) {
                CtcResult result = HeldToReference.dirtyResult(batch, options);
                Utterance u = Objects.requireNonNull(
                        shared ? shared(kernels, batch, options, result) : alone(kernels, batch, options, result));
                assertThat(u.z).isEqualTo(expected.z);
                assertThat(u.zExponent).isEqualTo(expected.zExponent);
                assertThat(u.reference).isEqualTo(expected.reference);
                assertThat(result.gradient().mismatch(first.gradient())).isEqualTo(-1);
            }
        }
    }

    /** On one thread; null if it has no path. */
    private static @Nullable Utterance alone(Kernels kernels, CtcBatch batch, CtcOptions options, CtcResult result) {
        Utterance u = divided(batch, options, result);
        ExtendedRecursion recursion = recursion(kernels);
        return recursion.forward(u) && recursion.backward(u) ? u : null;
    }

    /** As several threads share it. */
    private static Utterance shared(Kernels kernels, CtcBatch batch, CtcOptions options, CtcResult result) {
        Utterance u = divided(batch, options, result);
        assertThat(recursion(kernels).forward(u)).isTrue();
        assertThat(recursion(kernels).backwardToCheckpoints(u)).isTrue();
        for (int segment = 0; segment < u.time.segments; segment++) {
            assertThat(recursion(kernels).gradient(u, segment)).isTrue();
        }
        return u;
    }

    private static ExtendedRecursion recursion(Kernels kernels) {
        return new ExtendedRecursion(kernels.extended(), kernels.rows());
    }

    private static Utterance divided(CtcBatch batch, CtcOptions options, CtcResult result) {
        Utterance u = Prepared.utterance(batch, options, result, Kernels.SCALAR);
        u.time.divide(u.target, ExtendedLattice.TABLES);
        return u;
    }

    private static void assertAsTheReference(CtcBatch batch, CtcOptions options, CtcResult result, Utterance u) {
        Deviation deviation = ResultComparison.of(batch, options, result).overall();
        double logZ = Math.log(u.z) + u.zExponent * LN_2 + u.reference;
        double loss = u.frames.logits ? Math.log(u.time.product) + u.time.productExponent * LN_2 - logZ : -logZ;
        assertThat(Difference.relative(loss, deviation.loss().expected())).isLessThanOrEqualTo(1e-9);
        assertThat(deviation.gradient().error()).isLessThanOrEqualTo(HeldToReference.GRADIENT);
    }
}
