package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rescaling moves powers of two between values and exponents, within its budgets; a value it never changes. */
class RescalingTest {
    private static final int PAIRS = 16;
    private static final int FIRST = Target.PAD;
    private static final int LAST = Target.PAD + PAIRS - 1;
    private static final int STEEPEST = Rescaling.STEEPEST;

    /** Every pair empty but for the blanks given, from the first pair on, and exponents 0. */
    private static LatticeState state(double... blanks) {
        LatticeState state = new LatticeState();
        int length = Target.PAD + PAIRS + Target.PAD;
        state.blank = new double[length];
        state.label = new double[length];
        state.exponent = new long[length];
        state.inflow = new double[length];
        state.skipInflow = new double[length];
        System.arraycopy(blanks, 0, state.blank, FIRST, blanks.length);
        return state;
    }

    /** Blanks alike in every pair, so that none needs looking at alone. */
    private static LatticeState filled(double blank) {
        return state(DoubleStream.generate(() -> blank).limit(PAIRS).toArray());
    }

    private static boolean rescale(LatticeState state) {
        return Rescaling.rescale(state, ones(), FIRST, LAST, 1);
    }

    private static double[] ones() {
        double[] skip = new double[Target.PAD + PAIRS + Target.PAD];
        Arrays.fill(skip, 1);
        return skip;
    }

    private static LatticeState random(Random random) {
        LatticeState state = state();
        for (int i = FIRST; i <= LAST; i++) {
            boolean empty = random.nextInt(12) == 0;
            state.blank[i] = empty ? 0 : Math.scalb(1 + random.nextDouble(), -random.nextInt(250));
            state.label[i] =
                    empty || random.nextInt(5) == 0 ? 0 : Math.scalb(1 + random.nextDouble(), -random.nextInt(250));
            state.exponent[i] = random.nextInt(60);
        }
        return state;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void noValueChanges(int step) {
        Random random = new Random(1);
        for (int trial = 0; trial < 200; trial++) {
            LatticeState state = random(random);
            double[] blank = state.blank.clone();
            double[] label = state.label.clone();
            long[] exponent = state.exponent.clone();
            assertThat(Rescaling.rescale(state, ones(), FIRST, LAST, step)).isTrue();
            for (int i = FIRST; i <= LAST; i++) {
                int moved = (int) (exponent[i] - state.exponent[i]);
                assertThat(state.blank[i]).isEqualTo(Math.scalb(blank[i], moved));
                assertThat(state.label[i]).isEqualTo(Math.scalb(label[i], moved));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void theLargerValueOfAPairIsFromOneToTwoUnlessItsNeighbourIsMuchHigher(int step) {
        Random random = new Random(2);
        for (int trial = 0; trial < 200; trial++) {
            LatticeState state = random(random);
            assertThat(Rescaling.rescale(state, ones(), FIRST, LAST, step)).isTrue();
            for (int i = FIRST; i <= LAST; i++) {
                double larger = Math.max(state.blank[i], state.label[i]);
                long rise = state.exponent[i - step] - state.exponent[i];
                boolean isFirst = i == (step > 0 ? FIRST : LAST);
                if (larger > 0 && (isFirst || rise < STEEPEST)) {
                    assertThat(larger).isGreaterThanOrEqualTo(1).isLessThan(2);
                }
                if (!isFirst) {
                    assertThat(rise).isLessThanOrEqualTo(STEEPEST);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void whatFlowsInIsBroughtToThePairsExponent(int step) {
        Random random = new Random(3);
        LatticeState state = random(random);
        double[] skip = random.doubles(state.blank.length).map(Math::round).toArray();
        assertThat(Rescaling.rescale(state, skip, FIRST, LAST, step)).isTrue();
        for (int i = FIRST; i <= LAST; i++) {
            double expected = Math.scalb(1.0, (int) (state.exponent[i - step] - state.exponent[i]));
            assertThat(state.inflow[i]).isEqualTo(expected);
            assertThat(state.skipInflow[i]).isEqualTo(expected * skip[i]);
        }
    }

    @Test
    void theExponentOfAMuchHigherNeighbourIsNearlyTaken() {
        LatticeState state = state(1, 0x1p-100);
        assertThat(rescale(state)).isTrue();
        assertThat(state.exponent[FIRST]).isZero();
        assertThat(state.exponent[FIRST + 1]).isEqualTo(-STEEPEST);
        assertThat(state.blank[FIRST + 1]).isEqualTo(Math.scalb(1.0, STEEPEST - 100));
    }

    @Test
    void pairsWithoutProbabilityHaveTheExponentTheyAreReachedFrom() {
        LatticeState state = state(0, 0, 0x1p-40, 0, 0x1p-45, 0);
        assertThat(rescale(state)).isTrue();
        assertThat(Arrays.copyOfRange(state.exponent, 0, FIRST + 4)).containsOnly(-40);
        assertThat(Arrays.copyOfRange(state.exponent, FIRST + 4, LAST + 1)).containsOnly(-45);
    }

    @Test
    void pairsWithoutProbabilityHaveItInTheOtherDirectionToo() {
        LatticeState state = state(0, 0x1p-45, 0, 0x1p-40, 0, 0);
        assertThat(Rescaling.rescale(state, ones(), FIRST, LAST, -1)).isTrue();
        assertThat(Arrays.copyOfRange(state.exponent, FIRST + 2, state.exponent.length))
                .containsOnly(-40);
        assertThat(Arrays.copyOfRange(state.exponent, FIRST, FIRST + 2)).containsOnly(-45);
    }

    @ParameterizedTest
    @EnumSource(Kernels.class)
    void aValueMaySinkToTheLeastAndNotBelow(Kernels kernels) {
        for (boolean label : new boolean[] {false, true}) {
            LatticeState least = filled(1);
            LatticeState below = filled(1);
            (label ? least.blank : least.label)[FIRST + 9] = 1;
            (label ? below.blank : below.label)[FIRST + 9] = 1;
            (label ? least.label : least.blank)[FIRST + 9] = Rescaling.LEAST;
            (label ? below.label : below.blank)[FIRST + 9] = Math.nextDown(Rescaling.LEAST);
            assertThat(kernels.states().rescale(least, ones(), FIRST, LAST, 1)).isTrue();
            assertThat(kernels.states().rescale(below, ones(), FIRST, LAST, 1)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kernels.class)
    void oneThatSinksIsNotForgottenForThoseThatFollow(Kernels kernels) {
        LatticeState state = filled(1);
        state.exponent[FIRST + 2] = -STEEPEST - 701L;
        assertThat(kernels.states().rescale(state, ones(), FIRST, LAST, 1)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Kernels.class)
    void whatLiesBeyondAllRangesIsRefused(Kernels kernels) {
        LatticeState state = filled(1);
        state.exponent[FIRST + 2] = -5000;
        assertThat(kernels.states().rescale(state, ones(), FIRST, LAST, 1)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Kernels.class)
    void noProbabilityAtAllIsRefused(Kernels kernels) {
        assertThat(kernels.states().rescale(state(), ones(), FIRST, LAST, 1)).isFalse();
    }

    @Test
    void whatHasOverflownIsRefused() {
        LatticeState state = filled(1);
        state.blank[FIRST + 3] = Double.POSITIVE_INFINITY;
        assertThat(rescale(state)).isFalse();
    }

    /** It can reach the end no more, and what flowed from it would disturb the pair that can. */
    @ParameterizedTest
    @EnumSource(Kernels.class)
    void thePairBeforeTheFirstIsTakenOutOfUse(Kernels kernels) {
        LatticeState up = filled(1);
        assertThat(kernels.states().rescale(up, ones(), FIRST + 8, LAST, 1)).isTrue();
        assertThat(up.blank[FIRST + 7]).isZero();
        LatticeState down = filled(1);
        Arrays.fill(down.label, 1);
        assertThat(kernels.states().rescale(down, ones(), FIRST, LAST - 8, -1)).isTrue();
        assertThat(down.blank[LAST - 7]).isZero();
        assertThat(down.label[LAST - 7]).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void vectorsRescaleToTheSameBits(int step) {
        for (long seed = 0; seed < 200; seed++) {
            LatticeState one = random(new Random(seed));
            LatticeState many = random(new Random(seed));
            // half of them with nothing from some pair on, as behind the last label and where α has not come to
            int end = seed % 2 == 0 ? LAST + 1 : FIRST + 1 + (int) (seed / 2 % PAIRS);
            for (LatticeState state : new LatticeState[] {one, many}) {
                state.blank[FIRST] = 1;
                Arrays.fill(state.blank, end, LAST + 1, 0);
                Arrays.fill(state.label, end, LAST + 1, 0);
            }
            double[] skip =
                    new Random(seed).doubles(one.blank.length).map(Math::round).toArray();
            boolean possible = Kernels.SCALAR.states().rescale(one, skip, FIRST, LAST, step);
            assertThat(Kernels.VECTOR.states().rescale(many, skip, FIRST, LAST, step))
                    .isEqualTo(possible);
            assertThat(many.blank).isEqualTo(one.blank);
            assertThat(many.label).isEqualTo(one.label);
            assertThat(many.exponent).isEqualTo(one.exponent);
            assertThat(many.inflow).isEqualTo(one.inflow);
            assertThat(many.skipInflow).isEqualTo(one.skipInflow);
        }
    }

    @Test
    void powersOfTwoAreExactZeroBelowTheNormalRangeAndTheLargestAboveIt() {
        assertThat(Rescaling.powerOfTwo(0)).isEqualTo(1);
        assertThat(Rescaling.powerOfTwo(-1022)).isEqualTo(Double.MIN_NORMAL);
        assertThat(Rescaling.powerOfTwo(-1023)).isZero();
        assertThat(Rescaling.powerOfTwo(1023)).isEqualTo(0x1p1023);
        assertThat(Rescaling.powerOfTwo(1024)).isEqualTo(0x1p1023);
    }

    /** (3 · 2^STEEPEST)^n, the most by which a value can rise in the n frames of a period. */
    @Test
    void theSteepestNeighbourKeepsTheRiseOfAPeriodInItsBudget() {
        int frames = Rescaling.PERIOD;
        double log2Of3 = Math.log(3) / Math.log(2);
        assertThat(frames * (STEEPEST + log2Of3)).isLessThanOrEqualTo(Rescaling.MOST_RISE);
        assertThat(frames * (STEEPEST + 3)).isGreaterThan(Rescaling.MOST_RISE - frames);
    }
}
