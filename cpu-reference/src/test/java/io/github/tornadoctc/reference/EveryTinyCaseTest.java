package io.github.tornadoctc.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The recursion against the definition: every size T ≤ 6, V ≤ 4, every blank, every target U ≤ 3, random scores. What
 * holds here holds by counting paths, not by trusting an equation.
 */
class EveryTinyCaseTest {
    private static final int MOST_FRAMES = 6;
    private static final int MOST_SYMBOLS = 4;
    private static final int MOST_LABELS = 3;
    /** ΣV over V ≤ 4 blanks, (V−1)^U targets, T from 0 to 6: 7 · (1·1 + 2·4 + 3·15 + 4·40). */
    private static final int CASES = 1498;

    @ParameterizedTest
    @EnumSource
    void theRecursionIsTheSumOverAllPaths(Scores scores) {
        CtcOptions options = CtcOptions.defaults().withScores(scores);
        List<CtcBatch> cases = everyCase();
        assertThat(cases).hasSize(CASES);
        for (CtcBatch batch : cases) {
            ForwardBackward tables = new ForwardBackward(batch, 0, options);
            double enumerated = BruteForceCtc.loss(batch, 0, options);
            if (enumerated == Double.POSITIVE_INFINITY) {
                assertThat(tables.status()).as(describe(batch)).isEqualTo(CtcStatus.INFEASIBLE);
                assertThat(batch.hasEnoughFrames(0)).as(describe(batch)).isFalse();
            } else {
                assertThat(tables.status()).as(describe(batch)).isEqualTo(CtcStatus.OK);
                assertThat(tables.loss()).as(describe(batch)).isCloseTo(enumerated, relative(enumerated));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theGradientIsTheShareOfPathsThroughEachSymbol(Scores scores) {
        CtcOptions options = CtcOptions.defaults().withScores(scores);
        for (CtcBatch batch : everyCase()) {
            ForwardBackward tables = new ForwardBackward(batch, 0, options);
            double[][] enumerated = BruteForceCtc.gradient(batch, 0, options);
            for (int t = 0; t < batch.timeSteps(); t++) {
                double[] expected = batch.hasEnoughFrames(0) ? enumerated[t] : new double[batch.symbols()];
                assertThat(tables.gradient(t))
                        .as("%s, frame %d", describe(batch), t)
                        .containsExactly(expected, within(1e-12));
            }
        }
    }

    private static Offset<Double> relative(double loss) {
        return within(1e-12 * Math.max(1, Math.abs(loss)));
    }

    private static List<CtcBatch> everyCase() {
        Random random = new Random(20060625);
        List<CtcBatch> cases = new ArrayList<>();
        for (int frames = 0; frames <= MOST_FRAMES; frames++) {
            for (int symbols = 1; symbols <= MOST_SYMBOLS; symbols++) {
                for (int blank = 0; blank < symbols; blank++) {
                    for (int[] target : everyTarget(symbols, blank)) {
                        cases.add(randomCase(random, frames, symbols, blank, target));
                    }
                }
            }
        }
        return cases;
    }

    /** Every label sequence of at most 3 labels, shortest first. */
    private static List<int[]> everyTarget(int symbols, int blank) {
        List<int[]> targets = new ArrayList<>(List.of(new int[0]));
        for (int first = 0, length = 1; length <= MOST_LABELS; length++) {
            int end = targets.size();
            for (; first < end; first++) {
                int[] shorter = targets.get(first);
                labels(symbols, blank).forEach(label -> targets.add(append(shorter, label)));
            }
        }
        return targets;
    }

    private static IntStream labels(int symbols, int blank) {
        return IntStream.range(0, symbols).filter(symbol -> symbol != blank);
    }

    private static int[] append(int[] labels, int label) {
        return IntStream.concat(IntStream.of(labels), IntStream.of(label)).toArray();
    }

    private static CtcBatch randomCase(Random random, int frames, int symbols, int blank, int[] target) {
        float[] scores = new float[frames * symbols];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (2 * random.nextGaussian());
        }
        return CtcBatch.builder(frames, 1, symbols)
                .blank(blank)
                .scores(scores)
                .targets(target)
                .build();
    }

    private static String describe(CtcBatch batch) {
        return "T=%d V=%d blank=%d target=%s"
                .formatted(batch.timeSteps(), batch.symbols(), batch.blank(), Arrays.toString(batch.target(0)));
    }
}
