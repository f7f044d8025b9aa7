package io.github.tornadoctc.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OccupationTest {
    /** Wider than any terminal and, in frames, than the widest image. */
    private static final Occupation LONG = random(9001, 20);

    @Test
    void posteriorsOfAFrameSumToOne() {
        for (int t = 0; t < LONG.frames(); t += 997) {
            double sum = 0;
            for (int s = 0; s < LONG.states(); s++) {
                sum += LONG.posterior(t, s);
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void everyLabelHasASegmentAndTheyAreInOrder() {
        assertThat(LONG.segments()).hasSize(20);
        int end = -1;
        for (Occupation.Segment segment : LONG.segments()) {
            assertThat(segment.first()).isGreaterThan(end);
            assertThat(segment.last()).isGreaterThanOrEqualTo(segment.first());
            end = segment.last();
        }
        assertThat(LONG.bestShare()).isBetween(0.0, 1.0);
    }

    @Test
    void textIsAsWideAsTheTerminal() {
        StringWriter text = new StringWriter();
        new OccupationText(LONG, 80, false).print(new PrintWriter(text));
        assertThat(text.toString().lines().filter(line -> line.endsWith("|")))
                .hasSize(22)
                .allMatch(line -> line.length() == 80);
        assertThat(text.toString()).contains("a column is the most of its 155 or 156 frames");
    }

    @Test
    void aPixelIsTheMostProbableOfItsFrames() {
        BufferedImage image = HeatMap.image(LONG);
        assertThat(image.getWidth()).isEqualTo(4000);
        assertThat(image.getHeight()).isEqualTo(41);
        double most = 0;
        for (int t = 0; (t + 1) * 4000L / 9001 < 1 || t == 0; t++) {
            most = Math.max(most, LONG.posterior(t, 0));
        }
        assertThat(image.getRGB(0, 0) >>> 24).isEqualTo((int) Math.round(255 * most));
        assertThat(image.getRGB(3999, 0) >>> 24).isZero();
        assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(HeatMap.COLOUR);
    }

    @Test
    void everyColumnOfAnImageHasSomething() {
        for (int frames : new int[] {1, 3, 4000, 4001}) {
            BufferedImage image = HeatMap.image(random(frames, 1));
            for (int column = 0; column < image.getWidth(); column++) {
                int most = 0;
                for (int s = 0; s < 3; s++) {
                    most = Math.max(most, image.getRGB(column, s) >>> 24);
                }
                assertThat(most).as("column %d of %d", column, frames).isGreaterThan(80);
            }
        }
    }

    @Test
    void numbersAreReadable() {
        assertThat(Values.probability(0.4 * 0.7 * 0.2)).isEqualTo("0.056");
        assertThat(Values.probability(1)).isEqualTo("1");
        assertThat(Values.probability(1e-9 / 3)).isEqualTo("3.333e-10");
        assertThat(Values.logarithm(-0.0)).isEqualTo("0.000000");
        assertThat(Values.percent(0.21849)).isEqualTo("21.8%");
        assertThat(Values.percent(1e-9)).isEqualTo("under 0.1%");
        assertThat(Values.percent(0)).isEqualTo("0.0%");
    }

    @Test
    void ticksAreRoundAndNotTooMany() {
        assertThat(HeatMap.tickDistance(1, 10)).isEqualTo(1);
        assertThat(HeatMap.tickDistance(92, 10)).isEqualTo(10);
        assertThat(HeatMap.tickDistance(19, 10)).isEqualTo(2);
        assertThat(HeatMap.tickDistance(4999, 10)).isEqualTo(500);
        assertThat(HeatMap.tickDistance(5000, 10)).isEqualTo(1000);
    }

    private static Occupation random(int frames, int labels) {
        Random random = new Random(7);
        float[] scores = new float[frames * 4];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (3 * random.nextGaussian());
        }
        int[] target = random.ints(labels, 1, 4).toArray();
        CtcBatch batch =
                CtcBatch.builder(frames, 1, 4).scores(scores).targets(target).build();
        return Occupation.of("random", batch, 0, CtcOptions.defaults(), Collections.nCopies(labels, "x"));
    }
}
