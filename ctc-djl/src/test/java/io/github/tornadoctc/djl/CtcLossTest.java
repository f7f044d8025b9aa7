package io.github.tornadoctc.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.Scores;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What autograd gets is what the backend has computed. */
@NeedsLibtorch
class CtcLossTest {
    private final Utterances utterances = new Utterances(40, 5, 11, 9, 3);
    private final CtcBackend backend = CtcBackends.open("cpu");
    private final NDManager manager = NDManager.newBaseManager("PyTorch");

    @BeforeEach
    void valueOfThePaddingIsNotLookedAt() {
        for (int b = 0; b < utterances.batchSize; b++) {
            int from = (b * utterances.timeSteps + utterances.inputLengths[b]) * utterances.symbols;
            Arrays.fill(utterances.scores, from, (b + 1) * utterances.timeSteps * utterances.symbols, 1e30f);
        }
    }

    @AfterEach
    void close() {
        manager.close();
        backend.close();
    }

    private CtcResult expected(Reduction reduction) {
        return backend.compute(utterances.batch(), CtcOptions.defaults().withReduction(reduction));
    }

    private CtcLossBuilder loss() {
        return CtcLoss.builder().backend(backend);
    }

    private static float[] gradient(CtcResult result) {
        return result.gradient().toArray(ValueLayout.JAVA_FLOAT);
    }

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void lossAndGradientAreTheBackendsToTheBit(Reduction reduction) {
        Autograd found = new Autograd(
                loss().reduction(reduction).build(), utterances.labels(manager), utterances.predictions(manager));

        CtcResult expected = expected(reduction);
        assertThat(found.gradients()).isEqualTo(gradient(expected));
        if (reduction == Reduction.NONE) {
            assertThat(found.loss.getShape()).isEqualTo(new Shape(5));
            for (int b = 0; b < 5; b++) {
                assertThat(found.losses()[b]).isEqualTo((float) expected.loss(b));
            }
        } else {
            assertThat(found.loss.getShape()).isEqualTo(new Shape());
            assertThat(found.losses()).containsExactly((float) expected.reduced());
        }
    }

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void timeMajorScoresHaveTheSame(Reduction reduction) {
        NDArray timeMajor =
                utterances.predictions(manager).get(0).transpose(1, 0, 2).duplicate();
        CtcLoss loss = loss().reduction(reduction)
                .format(ScoreFormat.defaults().withLayout(Layout.TIME_MAJOR))
                .build();
        Autograd found = new Autograd(loss, utterances.labels(manager), new NDList(timeMajor));

        assertThat(found.gradient.transpose(1, 0, 2).duplicate().toFloatArray())
                .isEqualTo(gradient(expected(reduction)));
    }

    /** A transposed array is a view whose memory is in another order. */
    @Test
    void scoresThatAreNotContiguousHaveTheSame() {
        NDArray transposed =
                utterances.predictions(manager).get(0).transpose(0, 2, 1).duplicate();
        transposed.setRequiresGradient(true);
        NDList view = new NDList(transposed);
        CtcLoss loss = loss().build();
        try (var collector = manager.getEngine().newGradientCollector()) {
            collector.backward(loss.evaluate(
                    utterances.labels(manager), new NDList(view.get(0).transpose(0, 2, 1))));
        }
        assertThat(transposed.getGradient().transpose(0, 2, 1).duplicate().toFloatArray())
                .isEqualTo(gradient(expected(Reduction.MEAN)));
    }

    /** The gradient is rounded to the scores' type, and in between nothing overflows it. */
    @ParameterizedTest
    @CsvSource({"FLOAT16, 1e-3, FLOAT32", "FLOAT64, 0, FLOAT64"})
    void otherTypesHaveTheGradientInTheirOwn(DataType type, float unit, DataType ofLoss) {
        NDArray scores = utterances.predictions(manager).get(0).clip(-3, 3).toType(type, true);
        System.arraycopy(
                scores.toType(DataType.FLOAT32, true).toFloatArray(),
                0,
                utterances.scores,
                0,
                utterances.scores.length);
        for (Reduction reduction : Reduction.values()) {
            NDList predictions = new NDList(scores.duplicate());
            Autograd found = new Autograd(loss().reduction(reduction).build(), utterances.labels(manager), predictions);

            assertThat(found.gradient.getDataType()).isEqualTo(type);
            assertThat(found.loss.getDataType()).isEqualTo(ofLoss);
            float[] expected = gradient(expected(reduction));
            float[] gradients = found.gradients();
            for (int i = 0; i < expected.length; i++) {
                // the smallest numbers of float16 have fewer digits
                assertThat(gradients[i])
                        .isCloseTo(expected[i], offset(unit * Math.abs(expected[i]) + (unit == 0 ? 0 : 6e-8f)));
            }
        }
    }

    @Test
    void aLossInFloat64IsTheBackendsDouble() {
        NDList predictions = new NDList(utterances.predictions(manager).get(0).toType(DataType.FLOAT64, true));
        NDArray loss = loss().build().evaluate(utterances.labels(manager), predictions);
        assertThat(loss.getDouble()).isEqualTo(expected(Reduction.MEAN).reduced());
    }

    @Test
    void lengthsOfTheInputsMayComeOfTheNetwork() {
        NDList labels = utterances.labels(manager);
        NDList predictions = utterances.predictions(manager);
        predictions.add(labels.remove(2).toType(DataType.INT64, false).reshape(5, 1));

        assertThat(new Autograd(loss().build(), labels, predictions).gradients())
                .isEqualTo(gradient(expected(Reduction.MEAN)));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT32", "FLOAT64", "FLOAT16", "INT64", "INT32", "INT8"})
    void labelsMayBeOfAnyTypeThatHasThem(DataType type) {
        NDList labels = new NDList();
        for (NDArray array : utterances.labels(manager)) {
            labels.add(array.toType(type, true));
        }
        assertThat(new Autograd(loss().build(), labels, utterances.predictions(manager)).gradients())
                .isEqualTo(gradient(expected(Reduction.MEAN)));
    }

    /** Taken as they are: scores that do not sum to one have another loss than the same as logits. */
    @Test
    void logProbabilitiesAreNotNormalised() {
        ScoreFormat format = ScoreFormat.defaults().withScores(Scores.LOG_PROBS).withBlank(10);
        for (int[] target : utterances.targets) {
            Arrays.setAll(target, u -> target[u] % 10);
        }
        CtcBatch batch = CtcBatch.builder(utterances.timeSteps, utterances.batchSize, utterances.symbols)
                .layout(Layout.BATCH_MAJOR)
                .blank(10)
                .scores(utterances.scores)
                .inputLengths(utterances.inputLengths)
                .targets(utterances.targets)
                .build();
        CtcResult expected = backend.compute(
                batch, CtcOptions.defaults().withScores(Scores.LOG_PROBS).withReduction(Reduction.SUM));

        Autograd found = new Autograd(
                loss().format(format).reduction(Reduction.SUM).build(),
                utterances.labels(manager),
                utterances.predictions(manager));
        assertThat(found.losses()).containsExactly((float) expected.reduced());
        assertThat(found.gradients()).isEqualTo(gradient(expected));
    }

    /** What a loss is multiplied by, the gradient is as well: weights of several losses come to that. */
    @Test
    void gradientsGoWithWhatTheLossIsMultipliedBy() {
        NDArray scores = utterances.predictions(manager).get(0);
        scores.setRequiresGradient(true);
        try (var collector = manager.getEngine().newGradientCollector()) {
            collector.backward(loss().build()
                    .evaluate(utterances.labels(manager), new NDList(scores))
                    .mul(4));
        }
        float[] expected = gradient(expected(Reduction.MEAN));
        for (int i = 0; i < expected.length; i++) {
            expected[i] *= 4;
        }
        assertThat(scores.getGradient().toFloatArray()).isEqualTo(expected);
    }

    @Test
    void aMeanThatDjlKeepsNeedsNoGradient() {
        RecordingBackend recording = new RecordingBackend(backend);
        CtcLoss loss = CtcLoss.builder().backend(recording).build();
        loss.addAccumulator("train");
        loss.updateAccumulator("train", utterances.labels(manager), utterances.predictions(manager));
        loss.updateAccumulators(new String[] {"train"}, utterances.labels(manager), utterances.predictions(manager));

        assertThat(loss.getAccumulator("train"))
                .isEqualTo((float) expected(Reduction.MEAN).reduced());
        assertThat(recording.calls).hasSize(2).noneMatch(RecordingBackend.Call::withGradient);
    }

    @Test
    void nothingStaysInTheManagerButTheLoss() {
        NDList labels = utterances.labels(manager);
        NDList predictions = utterances.predictions(manager);
        CtcLoss loss = loss().build();
        int before = manager.getManagedArrays().size();
        NDArray value = loss.evaluate(labels, predictions);
        assertThat(manager.getManagedArrays()).hasSize(before + 1).contains(value);
    }
}
