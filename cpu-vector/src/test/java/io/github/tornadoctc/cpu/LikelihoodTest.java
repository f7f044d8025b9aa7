package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a sum of probabilities is taken for the likelihood. */
class LikelihoodTest {

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.5, 1.9})
    void posteriorsAddUpToItWithinOnePartInAHundredMillion(double z) {
        assertThat(Tolerance.isLikelihood(z, z)).isTrue();
        assertThat(Tolerance.isLikelihood(z * (1 + 0.99e-8), z)).isTrue();
        assertThat(Tolerance.isLikelihood(z * (1 - 0.99e-8), z)).isTrue();
        assertThat(Tolerance.isLikelihood(z * (1 + 1.01e-8), z)).isFalse();
        assertThat(Tolerance.isLikelihood(z * (1 - 1.01e-8), z)).isFalse();
        assertThat(Tolerance.isLikelihood(Double.NaN, z)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_NORMAL, 0x1p-700, 1.75, Double.MAX_VALUE})
    void aNormalNumberIsOne(double ending) {
        Utterance u = utterance();
        assertThat(ending(u, ending)).isTrue();
        assertThat(u.z).isGreaterThanOrEqualTo(1).isLessThan(2);
        assertThat(Math.scalb(u.z, (int) u.zExponent)).isEqualTo(ending);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, Double.MIN_NORMAL / 2, Double.POSITIVE_INFINITY, Double.NaN})
    void whatHasLeftTheRangeIsNone(double ending) {
        assertThat(ending(utterance(), ending)).isFalse();
    }

    private static Utterance utterance() {
        CtcBatch batch = Batches.one(1, 4, 3, new int[] {1, 2}, x -> x);
        return Prepared.utterance(batch, CtcOptions.defaults());
    }

    /** Whether it is a likelihood, of all that has reached the last blank. */
    private static boolean ending(Utterance u, double ending) {
        Lattice lattice = new Lattice();
        lattice.alpha.start(u, u.target.labels);
        lattice.alpha.blank[Target.PAD + u.target.labels] = ending;
        return lattice.readLikelihood(u);
    }
}
