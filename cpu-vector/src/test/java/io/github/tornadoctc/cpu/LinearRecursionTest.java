package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.compare.Deviation;
import io.github.tornadoctc.compare.Difference;
import io.github.tornadoctc.compare.ResultComparison;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the linear recursion says it has done is right; and it does what it is there for, rather than leave it to extended
 * floats, which would be as right and slower.
 */
class LinearRecursionTest {
    private static final CtcOptions LOGITS = CtcOptions.defaults();
    private static final double LN_2 = Math.log(2);

    /** T and U: much room and none, one segment and several, and rims at every offset within a vector. */
    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "40, 0", "5, 5", "30, 7", "30, 8", "35, 20", "60, 40", "5000, 7", "300, 130"})
    void normalLogitsAreWithinTheBudgets(int frames, int labels) {
        CtcBatch batch = batch(labels, frames, labels, 1);
        for (Scores scores : Scores.values()) {
            assertThat(alone(batch, LOGITS.withScores(scores))).isTrue();
            assertThat(shared(batch, LOGITS.withScores(scores))).isTrue();
        }
    }

    @Test
    void rimsMayLieAnywhere() {
        for (int labels = 10; labels < 28; labels++) {
            for (int spare = 0; spare < 20; spare += 3) {
                CtcBatch batch = batch(labels, labels + spare, labels, 1);
                assertThat(alone(batch, LOGITS)).as("%d %d", labels, spare).isTrue();
                assertThat(shared(batch, LOGITS)).isTrue();
            }
        }
    }

    /** Steeper and steeper scores. */
    @ParameterizedTest
    @CsvSource({"40, 18", "60, 25", "120, 60", "400, 16"})
    void whatIsBeyondTheBudgetsIsRefusedAndNothingElseIsWrong(int frames, int labels) {
        int done = 0;
        int refused = 0;
        for (int seed = 0; seed < 20; seed++) {
            CtcBatch batch = batch(seed, frames, labels, 2 + 2 * seed);
            boolean possible = alone(Kernels.SCALAR, batch, LOGITS);
            assertThat(alone(Kernels.VECTOR, batch, LOGITS)).isEqualTo(possible);
            assertThat(shared(batch, LOGITS)).isEqualTo(possible);
            done += possible ? 1 : 0;
            refused += possible ? 0 : 1;
        }
        assertThat(done).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void backwardsNeighboursMayBeTooSteepAsWell() {
        CtcBatch batch = batch(0, 300, 150, 25);
        Utterance u = grouped(batch, LOGITS, CtcResult.allocate(batch, LOGITS), Kernels.SCALAR);
        assertThat(u.time.linear).isTrue();
        assertThat(recursion(Kernels.SCALAR).forward(u)).isFalse();
        assertThat(recursion(Kernels.SCALAR).backwardToCheckpoints(u)).isFalse();
    }

    /** When the fourth label is reached it is 2^−800 of the first blank, and the likelihood of what there is then. */
    @Test
    void whatHasSunkOutOfRangeIsRefusedThoughItIsALikelihood() {
        float[] scores = new float[40 * 5];
        for (int at = 0; at < scores.length; at++) {
            scores[at] = at % 5 == 0 ? 0 : -138;
        }
        CtcBatch batch = CtcBatch.builder(40, 1, 5)
                .scores(scores)
                .targets(new int[] {1, 2, 3, 4})
                .build();
        assertThat(alone(batch, LOGITS)).isFalse();
        assertThat(alone(batch, LOGITS.withGradient(false))).isFalse();
        assertThat(shared(batch, LOGITS)).isFalse();
    }

    @Test
    void aTargetThatNoPathReachesIsRefused() {
        CtcBatch batch = Batches.one(1, 3, 3, new int[] {1, 1, 1}, x -> x);
        Utterance u = grouped(batch, LOGITS, CtcResult.allocate(batch, LOGITS), Kernels.SCALAR);
        assertThat(recursion(Kernels.SCALAR).forward(u)).isFalse();
    }

    /** Equation 14: what passes through the states of any frame is the likelihood. */
    @ParameterizedTest
    @EnumSource
    void probabilityThatAFrameLacksIsNoticed(Kernels kernels) {
        CtcBatch batch = batch(1, 60, 20, 1);
        Utterance u = grouped(batch, LOGITS, CtcResult.allocate(batch, LOGITS), kernels);
        LinearRecursion recursion = recursion(kernels);
        assertThat(recursion.forward(u) && recursion(kernels).backwardToCheckpoints(u))
                .isTrue();
        u.z *= 1 + 1e-6;
        assertThat(recursion.backward(u)).isFalse();
        assertThat(recursion(kernels).gradient(u, 0)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void theLossNeedsNoGradient(Scores scores) {
        assertThat(alone(batch(1, 900, 20, 1), LOGITS.withScores(scores).withGradient(false)))
                .isTrue();
    }

    /** Utterance after utterance, larger and smaller, with one recursion: nothing is left of the one before. */
    @ParameterizedTest
    @EnumSource
    void aRecursionMayBeUsedAgain(Kernels kernels) {
        LinearRecursion recursion = recursion(kernels);
        for (int labels : new int[] {20, 3, 40, 0, 17}) {
            CtcBatch batch = batch(labels, 60, labels, 1);
            CtcResult result = HeldToReference.dirtyResult(batch, LOGITS);
            Utterance u = grouped(batch, LOGITS, result, kernels);
            assertThat(recursion.forward(u) && recursion.backward(u)).isTrue();
            assertAsTheReference(batch, LOGITS, result, u);
        }
    }

    /** On one thread: α forward, then β back. Whether it could be done with any kernels. */
    private static boolean alone(CtcBatch batch, CtcOptions options) {
        return alone(Kernels.SCALAR, batch, options) && alone(Kernels.VECTOR, batch, options);
    }

    /** Whether it could be done; if so, right. */
    private static boolean alone(Kernels kernels, CtcBatch batch, CtcOptions options) {
        CtcResult result = HeldToReference.dirtyResult(batch, options);
        Utterance u = grouped(batch, options, result, kernels);
        LinearRecursion recursion = recursion(kernels);
        boolean possible = u.time.linear && recursion.forward(u) && (!options.gradient() || recursion.backward(u));
        if (possible) {
            assertAsTheReference(batch, options, result, u);
        }
        return possible;
    }

    /** As several threads share it: α, β and each segment of the gradient by a recursion of its own. */
    private static boolean shared(CtcBatch batch, CtcOptions options) {
        Kernels kernels = Kernels.SCALAR;
        CtcResult result = HeldToReference.dirtyResult(batch, options);
        Utterance u = grouped(batch, options, result, kernels);
        boolean possible = u.time.linear
                && recursion(kernels).forward(u)
                && recursion(kernels).backwardToCheckpoints(u);
        for (int segment = 0; possible && segment < u.time.segments; segment++) {
            possible = recursion(kernels).gradient(u, segment);
        }
        if (possible) {
            assertAsTheReference(batch, options, result, u);
        }
        return possible;
    }

    private static LinearRecursion recursion(Kernels kernels) {
        return new LinearRecursion(kernels.states(), kernels.rows());
    }

    private static Utterance grouped(CtcBatch batch, CtcOptions options, CtcResult result, Kernels kernels) {
        Utterance u = Prepared.utterance(batch, options, result, kernels);
        u.time.group(u.target);
        return u;
    }

    private static void assertAsTheReference(CtcBatch batch, CtcOptions options, CtcResult result, Utterance u) {
        Deviation deviation = ResultComparison.of(batch, options, result).overall();
        double logZ = Math.log(u.z) + u.zExponent * LN_2;
        double loss = u.frames.logits
                ? Math.log(u.time.product) + u.time.productExponent * LN_2 - logZ
                : -logZ - u.time.reference;
        assertThat(u.z).isGreaterThanOrEqualTo(1).isLessThan(2);
        assertThat(Difference.relative(loss, deviation.loss().expected())).isLessThanOrEqualTo(1e-9);
        assertThat(deviation.gradient().error()).isLessThanOrEqualTo(HeldToReference.GRADIENT);
    }

    /** Blank 2; labels repeat only where there are frames enough. */
    static CtcBatch batch(long seed, int frames, int labels, double scale) {
        int blank = 2;
        int symbols = 6;
        Random random = new Random(seed);
        int[] target = new int[labels];
        int step = 0;
        for (int u = 0; u < labels; u++) {
            step += frames > 2 * labels ? random.nextInt(3) : 1;
            target[u] = (blank + 1 + step % (symbols - 1)) % symbols;
        }
        return CtcBatch.builder(frames, 1, symbols)
                .blank(blank)
                .scores(Batches.scores(random, frames * symbols, x -> x * scale))
                .targets(target)
                .build();
    }
}
