package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.Scores;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames are grouped so that no period loses more than its budget, and no segment more than the cache holds. */
class TimelineTest {
    private static final CtcOptions LOGITS = CtcOptions.defaults();
    private static final float MASKED = Float.NEGATIVE_INFINITY;
    /** What a segment may keep, in doubles. */
    private static final int CACHE = 48 * 1024;

    /** Scores that lose from 0 to some 100 binary orders of magnitude a frame. */
    private static CtcBatch uneven(int frames, int labels) {
        Random random = new Random(frames);
        float[] scores = new float[frames * 4];
        for (int at = 0; at < scores.length; at++) {
            scores[at] = at % 4 == 3 ? -random.nextInt(70) : 0;
        }
        int[] target = new int[labels];
        Arrays.setAll(target, u -> 1 + u % 3);
        return CtcBatch.builder(frames, 1, 4).scores(scores).targets(target).build();
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "700, 3", "5000, 7", "5000, 8", "400, 300", "96, 300"})
    void periodsAndSegmentsDivideTheFrames(int frames, int labels) {
        Utterance u = Prepared.utterance(uneven(frames, labels), LOGITS);
        Timeline time = u.time;
        time.group(u.target);
        assertThat(time.periodStart[0]).isZero();
        assertThat(time.periodStart[time.periods]).isEqualTo(frames);
        assertThat(time.segmentPeriod[0]).isZero();
        assertThat(time.segmentPeriod[time.segments]).isEqualTo(time.periods);
        assertThat(time.segmentEnd(time.segments - 1)).isEqualTo(frames);
        int most = 0;
        for (int segment = 0; segment < time.segments; segment++) {
            assertThat(time.periodStart[time.segmentPeriod[segment]]).isEqualTo(time.segmentStart(segment));
            assertThat(time.periodStart[time.segmentPeriod[segment + 1]]).isEqualTo(time.segmentEnd(segment));
            most = Math.max(most, time.segmentPeriod[segment + 1] - time.segmentPeriod[segment]);
        }
        assertThat(time.mostPeriodsInSegment).isEqualTo(most);
    }

    @Test
    void whatLosesNothingIsInPeriodsOfTheirFullLength() {
        CtcBatch equal = CtcBatch.builder(100, 1, 4)
                .scores(new float[400])
                .targets(new int[] {1, 2, 1})
                .build();
        Utterance u = Prepared.utterance(equal, LOGITS);
        Timeline time = u.time;
        time.group(u.target);
        assertThat(Arrays.copyOf(time.periodStart, time.periods + 1)).containsExactly(0, 16, 32, 48, 64, 80, 96, 100);
    }

    /** A period ends where the next frame would be one too many, or lose too much, and nowhere else. */
    @ParameterizedTest
    @CsvSource({"700, 3", "5000, 7"})
    void periodsAreAsLongAsTheirBudgets(int frames, int labels) {
        CtcBatch batch = uneven(frames, labels);
        Utterance u = Prepared.utterance(batch, LOGITS);
        Timeline time = u.time;
        time.group(u.target);
        for (int period = 0; period < time.periods; period++) {
            int from = time.periodStart[period];
            int to = time.periodStart[period + 1];
            assertThat(to - from).isBetween(1, Rescaling.PERIOD);
            assertThat(lostBits(batch, from, to)).isLessThanOrEqualTo(Rescaling.DEPTH);
            if (to < frames && to % time.segmentFrames != 0 && to - from < Rescaling.PERIOD) {
                assertThat(lostBits(batch, from, to + 1)).isGreaterThan(Rescaling.DEPTH);
            }
        }
    }

    private static int lostBits(CtcBatch batch, int from, int to) {
        int bits = 0;
        for (int t = from; t < to; t++) {
            double least = Math.exp(batch.score(t, 0, 3));
            int ofFrame = (int) Math.ceil(-batch.score(t, 0, 3) / Math.log(2));
            // a frame that loses much is looked at closely: the exponent of what it emits least
            bits += ofFrame <= 16 ? ofFrame : -Math.getExponent(least);
        }
        return bits;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 100, 600})
    void aSegmentFillsTheCacheWithWholePeriodsAndDoesNotExceedIt(int labels) {
        Utterance u = Prepared.utterance(uneven(2 * labels + 1, labels), LOGITS);
        u.time.group(u.target);
        int frameDoubles = Lattice.tables(u.target) * u.target.lanes;
        assertThat(u.time.segmentFrames % Rescaling.PERIOD).isZero();
        assertThat(u.time.segmentFrames * frameDoubles).isLessThanOrEqualTo(CACHE);
        assertThat((u.time.segmentFrames + Rescaling.PERIOD) * frameDoubles).isGreaterThan(CACHE);
    }

    @Test
    void aSegmentIsAtLeastAPeriod() {
        Utterance u = Prepared.utterance(uneven(2, 3000), LOGITS);
        u.time.group(u.target);
        assertThat(u.time.segmentFrames).isEqualTo(Rescaling.PERIOD);
    }

    @Test
    void theProductOfNormalisersKeepsInRange() {
        CtcBatch batch = Batches.one(1, 3000, 60, new int[] {1}, x -> x);
        Utterance u = Prepared.utterance(batch, LOGITS);
        double expected = 0;
        for (int t = 0; t < 3000; t++) {
            expected += Math.log(u.frames.sum[t]);
        }
        assertThat(u.time.product).isGreaterThanOrEqualTo(1).isLessThan(2);
        assertThat(Math.log(u.time.product) + u.time.productExponent * Math.log(2))
                .isCloseTo(expected, within(1e-9));
    }

    @Test
    void logProbabilitiesAreRelativeToTheLargestOfTheirFrames() {
        assertThat(frames(Scores.LOG_PROBS, -1, -2, -3, MASKED, MASKED, MASKED, -7, -5, -6).reference)
                .isEqualTo(-6);
    }

    @Test
    void nothingButMaskedSymbolsIsFiniteOnlyForLogProbabilities() {
        assertThat(frames(Scores.LOG_PROBS, MASKED, MASKED, MASKED).finite).isTrue();
        assertThat(frames(Scores.LOGITS, MASKED, MASKED, MASKED).finite).isFalse();
        assertThat(frames(Scores.LOGITS, MASKED, MASKED, 0).finite).isTrue();
    }

    @Test
    void oneFrameThatIsNotFiniteIsEnough() {
        for (Scores scores : Scores.values()) {
            for (float strange : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
                assertThat(frames(scores, 0, 0, strange, 1, 2, 3).finite).isFalse();
                assertThat(frames(scores, 1, 2, 3, 0, strange, 0).finite).isFalse();
            }
            assertThat(frames(scores, 1, 2, 3, 0, 1, 0).finite).isTrue();
        }
    }

    /** 256 binary orders of magnitude are 177.4 nats. */
    @Test
    void anEmissionBeyondTheBudgetOfAPeriodIsNotLinear() {
        assertThat(frames(Scores.LOGITS, 0, -177, 0).linear).isTrue();
        assertThat(frames(Scores.LOGITS, 0, -178, 0).linear).isFalse();
        assertThat(frames(Scores.LOGITS, 0, MASKED, 0).linear).isFalse();
        assertThat(frames(Scores.LOGITS, 0, -178, 0, 0, 0, 0).linear).isFalse();
    }

    @Test
    void whatTheTargetHasNotMayBeAnySize() {
        assertThat(frames(Scores.LOGITS, 0, 0, -1000).linear).isTrue();
        assertThat(frames(Scores.LOGITS, 0, -100, MASKED).linear).isTrue();
    }

    @Test
    void ofManySymbolsOnlyTheTargetsAreLookedAt() {
        assertThat(wide(-177, -1000).linear).isTrue();
        assertThat(wide(-178, 0).linear).isFalse();
        assertThat(wide(-1e30f, 0).linear).isFalse();
    }

    /** One frame of 100 symbols: the label's score and another's. */
    private static Timeline wide(float label, float other) {
        float[] scores = new float[100];
        scores[1] = label;
        scores[2] = other;
        return timeline(Scores.LOGITS, scores, 100);
    }

    /** Frames of three symbols, of which the target has the blank, 0, and 1. */
    private static Timeline frames(Scores kind, float... scores) {
        return timeline(kind, scores, 3);
    }

    private static Timeline timeline(Scores kind, float[] scores, int symbols) {
        CtcBatch batch = CtcBatch.builder(scores.length / symbols, 1, symbols)
                .scores(scores)
                .targets(new int[] {1})
                .build();
        return Prepared.utterance(batch, LOGITS.withScores(kind)).time;
    }
}
