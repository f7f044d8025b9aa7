package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.cpu.align.ScoreRows;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows as {@link ScalarRowSums} has them. */
class VectorRowSumsTest {
    private static final float[] ODD = {
        Float.NaN, Float.intBitsToFloat(-1), Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 0, Float.MAX_VALUE
    };

    private static final int FRAMES = 60;

    private static ScoreRows read(CtcBatch batch, Scores kind, boolean vectors) {
        ScoreRows rows = new ScoreRows(batch, 0, kind);
        (vectors ? new VectorRowSums() : new ScalarRowSums()).read(rows, 0, FRAMES);
        return rows;
    }

    /** Vectors whole and in part, and more than one is done in a loop of its own for. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 29, 32, 33, 63, 64, 65, 130})
    void rowsOfEveryLength(int symbols) {
        Random random = new Random(symbols);
        float[] scores = new float[FRAMES * symbols];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (30 * random.nextGaussian() - 20 * (i / symbols % 3));
        }
        CtcBatch batch = CtcBatch.builder(FRAMES, 1, symbols)
                .scores(scores)
                .targets(new int[0])
                .build();
        for (Scores kind : Scores.values()) {
            ScoreRows expected = read(batch, kind, false);
            ScoreRows actual = read(batch, kind, true);
            assertThat(actual.largest).containsExactly(expected.largest);
            for (int t = 0; t < FRAMES; t++) {
                assertThat(actual.logSum[t]).isCloseTo(expected.logSum[t], within(2e-7));
            }
            assertThat(actual.areFinite()).isTrue();
        }
    }

    /** One in a row, in every place. */
    @ParameterizedTest
    @ValueSource(ints = {1, 16, 29, 64, 65})
    void whatIsNotFiniteIsSeenWhereverItStands(int symbols) {
        for (float odd : ODD) {
            for (int v = 0; v < symbols; v++) {
                float[] scores = new float[FRAMES * symbols];
                scores[17 * symbols + v] = odd;
                CtcBatch batch = CtcBatch.builder(FRAMES, 1, symbols)
                        .scores(scores)
                        .targets(new int[0])
                        .build();
                for (Scores kind : Scores.values()) {
                    assertThat(read(batch, kind, true).areFinite())
                            .as("%s at %d of %d, %s", odd, v, symbols, kind)
                            .isEqualTo(read(batch, kind, false).areFinite());
                }
            }
        }
    }
}
