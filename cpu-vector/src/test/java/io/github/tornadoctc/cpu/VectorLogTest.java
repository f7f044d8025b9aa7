package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The error that {@link VectorLog} states. */
class VectorLogTest {
    @Test
    void isWithinAnUlp() {
        Random random = new Random(1);
        double[] x = new double[8 * 20_000 + 3];
        for (int i = 0; i < x.length; i++) {
            // near 1, as sums of nearly certain rows are, and over the whole range
            x[i] = i % 2 == 0
                    ? 1 + Math.pow(2, -52 * random.nextDouble())
                    : Math.pow(2, 2000 * random.nextDouble() - 1000);
        }
        double[] log = x.clone();
        VectorLog.logarithms(log, 0, log.length);
        for (int i = 0; i < x.length; i++) {
            double expected = StrictMath.log(x[i]);
            // fdlibm's own error is below 1 ulp too
            assertThat(Math.abs(log[i] - expected)).as("ln %s", x[i]).isLessThanOrEqualTo(1.5 * Math.ulp(expected));
        }
    }

    @Test
    void onlyThoseAskedForAreReplaced() {
        double[] x = {1, Math.E, 1, Double.NaN, 4, 0.5, 3, 3, 3, 2};
        VectorLog.logarithms(x, 2, 6);
        assertThat(x).containsExactly(1, Math.E, 0, Double.NaN, Math.log(4), Math.log(0.5), 3, 3, 3, 2);
    }
}
