package io.github.tornadoctc.kernels.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Counted by hand: two utterances, T = 4 and 3 of 4 frames, U = 2 and 0, so S = 5 and 1, of V = 6 symbols, of which 3 and 1 emit. */
class StageTest {
    private static final CtcBatch BATCH = CtcBatch.builder(4, 2, 6)
            .scores(new float[48])
            .inputLengths(4, 3)
            .targets(new int[] {1, 2}, new int[] {})
            .build();

    @Test
    void rowsReadSixScoresAndWriteThreeFiguresAndTheEmissionsOfEachFrame() {
        assertThat(Stage.ROWS.bytes(BATCH, true)).isEqualTo(4L * (4 * (6 + 3 + 2 * 3) + 3 * (6 + 3 + 2 * 1)));
    }

    @Test
    void approachReadsEmissionsAndWritesTheMiddleAndItsStates() {
        // five and four frames of emissions; α and β of five states and of one at the middle, one of them at other
        // frames
        int loss = 5 * 2 * 3 + 4 * 2 * 1 + 6 * 5 + 6 * 1;
        assertThat(Stage.APPROACH.bytes(BATCH, false)).isEqualTo(4L * loss);
        assertThat(Stage.APPROACH.bytes(BATCH, true)).isEqualTo(4L * (loss + 2 * 3 * 5 + 2 * 2 * 1));
    }

    @Test
    void likelihoodReadsTheMiddleAndWritesALikelihood() {
        int first = 2 * 4 + 2 * 3 + 6 * 5 + 8;
        int second = 2 * 3 + 2 * 1 + 6 * 1 + 8;
        assertThat(Stage.LIKELIHOOD.bytes(BATCH, true)).isEqualTo(4L * (first + second));
    }

    @Test
    void departReadsMantissaAndExponentAndWritesAPosterior() {
        int emissions = 5 * 2 * 3 + 4 * 2 * 1;
        // a posterior of every frame, made of what was kept of all but the middle
        int states = (4 + 2 * 3) * 5 + (3 + 2 * 2) * 1;
        int likelihoods = 2 * 4 + 6 * 5 + 8 + 2 * 3 + 6 * 1 + 8;
        assertThat(Stage.DEPART.bytes(BATCH, true)).isEqualTo(4L * (emissions + likelihoods + states));
    }

    @Test
    void gradientIsWrittenForPaddingToo() {
        int read = 4 * (6 + 2 + 5) + 3 * (6 + 2 + 1);
        assertThat(Stage.GRADIENT.bytes(BATCH, true)).isEqualTo(4L * (48 + read));
    }

    @Test
    void ofAVocabularyRowsWriteTheSoftmaxAndTheGradientChangesTheTargetsSymbols() {
        // 256 symbols, of which a target has two, and the blank
        CtcBatch batch = CtcBatch.builder(4, 2, 256)
                .scores(new float[4 * 2 * 256])
                .inputLengths(4, 3)
                .targets(new int[] {1, 2}, new int[] {})
                .build();

        int rows = 4 * (256 + 3 + 2 * 3) + 3 * (256 + 3 + 2 * 1);
        assertThat(Stage.ROWS.bytes(batch, false)).isEqualTo(4L * rows);
        assertThat(Stage.ROWS.bytes(batch, true)).isEqualTo(4L * (rows + 7 * 256));
        int target = 4 * (2 * 3 + 5) + 3 * (2 * 1 + 1);
        assertThat(Stage.GRADIENT.bytes(batch, true)).isEqualTo(4L * (target + 256));
    }

    @Test
    void rowsWriteTheSoftmaxWhereTargetsAreShortBesideThem() {
        assertThat(Stage.ofSoftmax(1, 5000, 155)).isEqualTo(Stage.ROWS);
        assertThat(Stage.ofSoftmax(1, 5000, 156)).isEqualTo(Stage.GRADIENT);
        assertThat(Stage.ofSoftmax(1, 256, 7)).isEqualTo(Stage.ROWS);
        assertThat(Stage.ofSoftmax(1, 256, 8)).isEqualTo(Stage.GRADIENT);
        assertThat(Stage.ofSoftmax(1, 255, 0)).isEqualTo(Stage.GRADIENT);
    }

    @Test
    void ofScoresThatNoCacheHoldsRowsWriteTheSoftmaxOfLongerTargets() {
        long cached = 16_384;
        assertThat(Stage.ofSoftmax(cached, 1024, 84)).isEqualTo(Stage.GRADIENT);
        assertThat(Stage.ofSoftmax(cached + 1, 1024, 84)).isEqualTo(Stage.ROWS);
        assertThat(Stage.ofSoftmax(cached + 1, 1024, 85)).isEqualTo(Stage.GRADIENT);
        assertThat(Stage.ofSoftmax(1_000_000_000, 255, 0)).isEqualTo(Stage.GRADIENT);
    }

    @Test
    void stepsAreHalfOfTheLongestAndTheMiddleFrame() {
        assertThat(Stage.APPROACH.steps(BATCH)).isEqualTo(3);
        assertThat(Stage.APPROACH.steps(batchOf(5))).isEqualTo(3);
        assertThat(Stage.APPROACH.steps(batchOf(1))).isEqualTo(1);
        assertThat(Stage.APPROACH.steps(batchOf(0))).isZero();
    }

    @Test
    void anUtteranceOfNoFramesMovesNothing() {
        assertThat(Arrays.stream(Stage.values()).mapToLong(stage -> stage.bytes(batchOf(0), true)))
                .containsOnly(0L);
    }

    private static CtcBatch batchOf(int frames) {
        return CtcBatch.builder(frames, 1, 2)
                .scores(new float[2 * frames])
                .targets(new int[] {})
                .build();
    }
}
