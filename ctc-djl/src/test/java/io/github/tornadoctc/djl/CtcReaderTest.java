package io.github.tornadoctc.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.decoding.BeamSearchOptions;
import io.github.tornadoctc.io.Tokens;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read is what the scores say, in batches, one by one, and through a translator. */
@NeedsLibtorch
class CtcReaderTest {
    private static final Tokens TOKENS = Tokens.of(List.of("<blk>", "a", "b"));
    private static final ScoreFormat LOG_PROBS = ScoreFormat.defaults().withScores(Scores.LOG_PROBS);

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final CtcReader reader = new CtcReader(LOG_PROBS, TOKENS);
    /** By the best path {@code ab}, of frames 0 and 1 and of frame 3. */
    private final NDArray ab = logs(.3f, .6f, .1f, .1f, .8f, .1f, .9f, .05f, .05f, .3f, .2f, .5f);
    /** By the best path nothing; but {@code a} is likelier, by the sum of its three paths. */
    private final NDArray hidden = logs(.6f, .4f, 0, .6f, .4f, 0, 1, 0, 0, 1, 0, 0);

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray logs(float... probabilities) {
        return manager.create(probabilities, new Shape(4, 3)).log();
    }

    private NDArray batch() {
        return ab.expandDims(0).concat(hidden.expandDims(0), 0);
    }

    @Test
    void bestPathsAreReadWithTheirFramesAndConfidences() {
        List<CtcReading> readings = reader.read(new NDList(batch()));

        assertThat(readings).extracting(CtcReading::text).containsExactly("ab", "");
        CtcReading first = readings.getFirst();
        assertThat(first.symbols()).containsExactly(1, 2);
        assertThat(first.labels().get(0).start()).isZero();
        assertThat(first.labels().get(0).end()).isEqualTo(2);
        assertThat(first.labels().get(0).confidence()).isCloseTo(.8, within(1e-6));
        assertThat(first.confidence()).isCloseTo(Math.sqrt(.8 * .5), within(1e-6));
        assertThat(readings.get(1).confidence()).isEqualTo(1);
    }

    @Test
    void aBeamSumsOverPaths() {
        try (CtcBackend backend = CtcBackends.open("cpu")) {
            CtcReader beam = reader.withBeam(BeamSearchOptions.defaults(), backend);
            List<CtcReading> readings = beam.read(new NDList(batch()));

            assertThat(readings).extracting(CtcReading::text).containsExactly("ab", "a");
            assertThat(readings.get(0).labels()).extracting(span -> span.end()).containsExactly(2, 4);
            assertThat(readings.get(0).confidence()).isBetween(.4, .8);
            assertThat(readings.get(1).labels()).singleElement().satisfies(span -> assertThat(span.confidence())
                    .isCloseTo(.4, within(1e-6)));
        }
    }

    @Test
    void lengthsAndLayoutAreThoseOfTheNetwork() {
        ScoreFormat timeMajor = LOG_PROBS.withLayout(Layout.TIME_MAJOR);
        NDArray scores = batch().transpose(1, 0, 2);
        CtcReader other = new CtcReader(timeMajor, TOKENS);
        assertThat(other.read(new NDList(scores, manager.create(new long[] {3, 4}))))
                .extracting(CtcReading::text)
                .containsExactly("a", "");
        assertThat(other.readOne(new NDList(ab)).text()).isEqualTo("ab");
        assertThat(other.readOne(new NDList(ab, manager.create(3))).text()).isEqualTo("a");
    }

    @Test
    void scoresMayBeOfAnotherType() {
        assertThat(reader.readOne(new NDList(ab.toType(DataType.FLOAT16, true))).text())
                .isEqualTo("ab");
    }

    @Test
    void nothingIsReadOfWhatIsNoScore() {
        ab.set(new float[12]);
        NDArray nan = ab.add(Float.NaN);
        CtcReading reading = reader.readOne(new NDList(nan));
        assertThat(reading.status()).isEqualTo(CtcStatus.NON_FINITE);
        assertThat(reading.text()).isEmpty();
        assertThat(reading.confidence()).isZero();
        try (CtcBackend backend = CtcBackends.open("cpu")) {
            assertThat(reader.withBeam(BeamSearchOptions.defaults(), backend)
                            .readOne(new NDList(nan))
                            .status())
                    .isEqualTo(CtcStatus.NON_FINITE);
        }
    }

    @Test
    void whatDoesNotSuitIsRefused() {
        assertThatThrownBy(() -> reader.readOne(new NDList(batch())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("predictions has the shape (2, 4, 3), but the scores of one utterance are [T, V]");
        assertThatThrownBy(() -> reader.read(new NDList(ab)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("predictions has the shape (4, 3), but scores are [B, T, V]");
        assertThatThrownBy(() -> reader.readOne(new NDList(ab.transpose())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("predictions is of 4 symbols, but there are 3 tokens");
        CtcBackend backend = new RecordingBackend(CtcBackends.open("cpu"));
        assertThatThrownBy(() -> reader.withBeam(BeamSearchOptions.defaults(), backend))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("backend = cpu has no CtcAligner");
        backend.close();
    }

    /** A network that gives what it gets. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTranslatorReadsWhatComesOutOfTheNetwork(boolean stacked) throws TranslateException {
        CtcTranslator<float[]> translator = new CtcTranslator<>(reader) {
            @Override
            public NDList processInput(TranslatorContext context, float[] scores) {
                return new NDList(context.getNDManager().create(scores, new Shape(4, 3)));
            }

            @Override
            public @Nullable Batchifier getBatchifier() {
                return stacked ? Batchifier.STACK : null;
            }
        };
        try (Model model = Model.newInstance("identity", "PyTorch")) {
            model.setBlock(Blocks.identityBlock());
            try (Predictor<float[], CtcReading> predictor = model.newPredictor(translator)) {
                assertThat(predictor.batchPredict(List.of(ab.toFloatArray(), hidden.toFloatArray())))
                        .extracting(CtcReading::text)
                        .containsExactly("ab", "");
                assertThat(predictor.predict(ab.toFloatArray()).text()).isEqualTo("ab");
            }
        }
    }
}
