package io.github.tornadoctc.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Reduction;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which memory the backend computes on, and whose the backend is. */
@NeedsLibtorch
class CtcLossMemoryTest {
    private final Utterances utterances = new Utterances(20, 3, 7, 4, 9);
    private final RecordingBackend backend = new RecordingBackend(CtcBackends.open("cpu"));
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final CtcLoss loss = CtcLoss.builder().backend(backend).build();

    @AfterEach
    void close() {
        manager.close();
        backend.close();
    }

    private static long address(NDArray array) {
        return MemorySegment.ofBuffer(array.toByteBuffer(true)).address();
    }

    /** No copy on the way in. On the way out the engine copies the gradient once, multiplied by what comes from above. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT32", "FLOAT16"})
    void scoresAreReadWhereTheEngineHasThem(DataType type) {
        NDList predictions = new NDList(utterances.predictions(manager).get(0).toType(type, true));
        loss.evaluate(utterances.labels(manager), predictions);
        assertThat(backend.calls).singleElement().satisfies(call -> {
            assertThat(call.scores()).isEqualTo(address(predictions.get(0)));
            assertThat(call.gradient()).isNotZero();
        });
    }

    @Test
    void theGradientIsWrittenToTheEnginesMemory() {
        NDArray scores = utterances.predictions(manager).get(0);
        Surrogate surrogate = new Surrogate(scores, Layout.BATCH_MAJOR, Reduction.SUM);
        MemorySegment gradient = surrogate.gradient();
        assertThat(gradient.byteSize()).isEqualTo(scores.size() * Float.BYTES);
        assertThat(gradient.address()).isEqualTo(surrogate.gradient().address());
        assertThat(gradient.address() % 64).isZero();
        surrogate.close();
    }

    @Test
    void scoresOfAnotherTypeAreConvertedOnce() {
        NDList predictions = new NDList(utterances.predictions(manager).get(0).toType(DataType.FLOAT64, true));
        int before = manager.getManagedArrays().size();
        NDArray value = loss.evaluate(utterances.labels(manager), predictions);
        assertThat(backend.calls).singleElement().satisfies(call -> assertThat(call.scores())
                .isNotEqualTo(address(predictions.get(0))));
        assertThat(manager.getManagedArrays()).hasSize(before + 4).contains(value); // labels are three of these
    }

    @Test
    void aBackendThatWasGivenStaysOpen() {
        loss.close();
        assertThat(backend.closed).isFalse();
        assertThat(loss.evaluate(utterances.labels(manager), utterances.predictions(manager))
                        .getFloat())
                .isPositive();
    }

    @Test
    void itsOwnBackendIsClosed() {
        CtcLoss own = new CtcLoss();
        assertThat(own.evaluate(utterances.labels(manager), utterances.predictions(manager))
                        .getFloat())
                .isPositive();
        own.close();
        assertThatThrownBy(() -> own.evaluate(utterances.labels(manager), utterances.predictions(manager)))
                .isInstanceOf(IllegalStateException.class);
    }

    /** As a trainer with several devices does. */
    @Test
    void threadsMayShareALoss() {
        float alone = loss.evaluate(utterances.labels(manager), utterances.predictions(manager))
                .getFloat();
        List<Float> together = IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> {
                    try (NDManager own = NDManager.newBaseManager("PyTorch")) {
                        return loss.evaluate(utterances.labels(own), utterances.predictions(own))
                                .getFloat();
                    }
                })
                .toList();
        assertThat(together).hasSize(64).containsOnly(alone);
    }
}
