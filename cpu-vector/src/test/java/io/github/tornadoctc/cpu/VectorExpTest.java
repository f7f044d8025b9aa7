package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The error that {@link VectorExp} states. */
class VectorExpTest {
    @Test
    void doubleIsWithinAnUlp() {
        Random random = new Random(1);
        double[] x = new double[8 * 20_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = -Math.pow(708, random.nextDouble() * 2 - 1);
        }
        double[] exp = x.clone();
        VectorExp.exponentials(exp, 0, exp.length);
        for (int i = 0; i < x.length; i++) {
            double expected = StrictMath.exp(x[i]);
            // fdlibm's own error is below 1 ulp too
            assertThat(Math.abs(exp[i] - expected)).isLessThanOrEqualTo(1.5 * Math.ulp(expected));
        }
    }

    @Test
    void floatIsWithinElevenTenthsOfAnUlp() {
        Random random = new Random(1);
        float[] x = new float[16 * 10_000];
        MemorySegment memory = Arena.ofAuto().allocate(x.length * (long) Float.BYTES, 64);
        MemorySegment out = Arena.ofAuto().allocate(x.length * (long) Float.BYTES, 64);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) -Math.pow(87, random.nextDouble() * 2 - 1);
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, x[i]);
        }
        float[] maxima = new float[16];
        Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
        VectorExp.exponentials(memory, 0, 0, out, 0, x.length, 0, new float[16], maxima);
        for (int i = 0; i < x.length; i++) {
            double expected = Math.exp(x[i]);
            double actual = out.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            assertThat(Math.abs(actual - expected)).isLessThanOrEqualTo(1.1 * Math.ulp((float) expected));
        }
    }

    /** Sums by lane, and of the scores beside by lane the largest. */
    @Test
    void sumsAndMaximaAreThoseOfTheirLanes() {
        int lanes = Species.FLOATS.length();
        Random random = new Random(2);
        int count = 5 * lanes;
        MemorySegment memory = Arena.ofAuto().allocate(2L * count * Float.BYTES, 64);
        MemorySegment out = Arena.ofAuto().allocate((long) count * Float.BYTES, 64);
        float[] expectedSums = new float[lanes];
        float[] expectedMaxima = new float[lanes];
        Arrays.fill(expectedMaxima, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < 2 * count; i++) {
            float score = (float) -Math.abs(random.nextGaussian());
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, score);
            if (i < count) {
                expectedSums[i % lanes] += Exp.exp(score);
            } else if (score > expectedMaxima[i % lanes]) {
                expectedMaxima[i % lanes] = score;
            }
        }
        float[] sums = new float[lanes];
        float[] maxima = new float[lanes];
        Arrays.fill(maxima, Float.NEGATIVE_INFINITY);

        VectorExp.exponentials(memory, 0, (long) count * Float.BYTES, out, 0, count, 0, sums, maxima);

        assertThat(sums).isEqualTo(expectedSums);
        assertThat(maxima).isEqualTo(expectedMaxima);
    }

    @Test
    void strangeArgumentsKeepTheirMeaning() {
        double[] x = {0, -0.0, Double.NEGATIVE_INFINITY, Double.NaN, -709, -1e300, -Double.MIN_VALUE, -708};
        VectorExp.exponentials(x, 0, x.length);
        assertThat(x).startsWith(1, 1, 0, Double.NaN, 0, 0, 1);
        assertThat(x[7]).isBetween(3.3075530036384e-308, 3.3075530036385e-308);
    }
}
