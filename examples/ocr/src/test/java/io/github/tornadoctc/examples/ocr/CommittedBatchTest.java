package io.github.tornadoctc.examples.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.decoding.BeamSearchDecoder;
import io.github.tornadoctc.decoding.BeamSearchOptions;
import io.github.tornadoctc.decoding.GreedyDecoder;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.io.Tokens;
import io.github.tornadoctc.reference.ReferenceCtc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The batch this example made for the demo is what its description says. */
class CommittedBatchTest {
    private static final Path RESOURCES = Path.of("../../cli/src/main/resources/io/github/tornadoctc/cli");
    private static final Path FILE = RESOURCES.resolve("ocr-lines.npz");

    private static CtcBatch batch;
    private static List<String> texts;

    @BeforeAll
    static void read() throws IOException {
        batch = BatchFile.read(FILE);
        texts = Files.readAllLines(RESOURCES.resolve("ocr-lines.txt"));
    }

    @Test
    void holdsTheLinesOfTheExampleWithOneLabelPerCharacter() throws IOException {
        assertThat(texts).isEqualTo(Files.readAllLines(Path.of("lines.txt")));
        assertThat(batch.batchSize()).isEqualTo(texts.size());
        for (int b = 0; b < texts.size(); b++) {
            String text = texts.get(b);
            assertThat(batch.targetLength(b)).isEqualTo(text.codePointCount(0, text.length()));
        }
    }

    @Test
    void holdsAllSymbolsOfTheNetworkAndItsBlank() {
        assertThat(batch.symbols()).isEqualTo(6625);
        assertThat(batch.blank()).isZero();
    }

    @Test
    void linesHaveDifferentLengths() {
        assertThat(texts.stream().map(String::length)).doesNotHaveDuplicates();
        assertThat(batch.inputLength(0)).isEqualTo(batch.timeSteps());
        for (int b = 1; b < batch.batchSize(); b++) {
            assertThat(batch.inputLength(b)).isLessThan(batch.inputLength(b - 1));
        }
    }

    @Test
    void scoresOfATimeStepAreLogProbabilities() {
        for (int b = 0; b < batch.batchSize(); b++) {
            for (int t = 0; t < batch.inputLength(b); t++) {
                double sum = 0;
                for (float score : frame(b, t)) {
                    assertThat(score).isNotPositive().isFinite();
                    sum += Math.exp(score);
                }
                assertThat(sum).isBetween(0.999, 1.001);
            }
        }
    }

    @Test
    void greedyReadingIsTheTarget() {
        for (int b = 0; b < batch.batchSize(); b++) {
            float[][] frames = new float[batch.inputLength(b)][];
            for (int t = 0; t < frames.length; t++) {
                frames[t] = frame(b, t);
            }
            assertThat(Greedy.read(frames)).isEqualTo(batch.target(b));
        }
    }

    @Test
    void decodersReadTheTexts() throws IOException {
        Tokens tokens = Tokens.read(RESOURCES.resolve("ocr-lines-tokens.txt")).forBatch(batch.symbols(), batch.blank());
        assertThat(GreedyDecoder.decode(batch, Scores.LOG_PROBS))
                .extracting(path -> tokens.text(path.labels()))
                .isEqualTo(texts);
        BeamSearchOptions options = BeamSearchOptions.defaults().withScores(Scores.LOG_PROBS);
        assertThat(new BeamSearchDecoder(options).decode(batch))
                .extracting(decoding -> tokens.text(decoding.best().labels()))
                .isEqualTo(texts);
    }

    @Test
    void everyLossIsFiniteAndSmall() {
        CtcOptions options = CtcOptions.defaults().withScores(Scores.LOG_PROBS).withGradient(false);
        CtcResult result = new ReferenceCtc().compute(batch, options);
        assertThat(result.statuses()).containsOnly(CtcStatus.OK);
        assertThat(Arrays.stream(result.losses()).boxed())
                .allSatisfy(loss -> assertThat(loss).isBetween(0.0, 1.0));
    }

    @Test
    void staysSmallEnoughToCommit() throws IOException {
        assertThat(Files.size(FILE)).isLessThan(4_000_000);
    }

    private static float[] frame(int b, int t) {
        float[] frame = new float[batch.symbols()];
        for (int v = 0; v < frame.length; v++) {
            frame[v] = batch.score(t, b, v);
        }
        return frame;
    }
}
