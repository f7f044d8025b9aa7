package io.github.tornadoctc.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Reduction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What does not suit is named, with its index and its value. */
@NeedsLibtorch
class CtcLossInputsTest {
    private final CtcBackend backend = CtcBackends.open("cpu");
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final CtcLoss loss = CtcLoss.builder().backend(backend).build();
    private final NDArray scores = manager.zeros(new Shape(2, 5, 4));
    private final NDArray targets = manager.create(new float[] {1, 2, 3, -1}, new Shape(2, 2));
    private final NDArray targetLengths = manager.create(new float[] {2, 1});

    @AfterEach
    void close() {
        manager.close();
        backend.close();
    }

    private void refused(NDList labels, NDList predictions, String message) {
        assertThatThrownBy(() -> loss.evaluate(labels, predictions))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private void refused(NDList labels, String message) {
        refused(labels, new NDList(scores), message);
    }

    @Test
    void labelsWithoutLengths() {
        refused(new NDList(targets), "labels has 1 arrays; they are targets [B, U], targetLengths [B]");
        refused(new NDList(), "labels has 0 arrays");
        refused(new NDList(targets, targetLengths, targetLengths, targetLengths), "labels has 4 arrays");
    }

    @Test
    void aLabelThatIsNoWholeNumber() {
        targets.set(new float[] {1, 2.5f, 3, -1});
        refused(new NDList(targets, targetLengths), "targets[0][1] = 2.5 is not a whole number");
        targets.set(new float[] {1, 2, Float.NaN, -1});
        refused(new NDList(targets, targetLengths), "targets[1][0] = NaN is not a whole number");
    }

    @Test
    void aLabelThatIsNoSymbolOrTheBlank() {
        targets.set(new float[] {1, 4, 3, -1});
        refused(new NDList(targets, targetLengths), "targets[0][1] = 4 is not a symbol: symbols are 0 to 3");
        targets.set(new float[] {1, 2, 0, -1});
        refused(new NDList(targets, targetLengths), "targets[1][0] = 0 is the blank");
        NDArray large = manager.create(new long[] {1, 2, 1L << 40, 0}, new Shape(2, 2));
        refused(new NDList(large, targetLengths), "targets[1][0] = 1.099511627776E12 is not a whole number of 32 bits");
    }

    @Test
    void lengthsThatDoNotSuit() {
        refused(new NDList(targets, manager.create(new int[] {2, 3})), "targetLengths[1] = 3 is not between 0 and 2");
        refused(new NDList(targets, manager.create(new int[] {2, -1})), "targetLengths[1] = -1 is not between 0 and 2");
        refused(new NDList(targets, manager.create(new float[] {2, .5f})), "targetLengths[1] = 0.5 is not a whole");
        refused(new NDList(targets, manager.create(new int[3])), "targetLengths has the shape (3)");
        NDArray inputLengths = manager.create(new int[] {5, 6});
        refused(new NDList(targets, targetLengths, inputLengths), "inputLengths[1] = 6 is not between 0 and 5");
        refused(
                new NDList(targets, targetLengths),
                new NDList(scores, inputLengths),
                "inputLengths[1] = 6 is not between 0 and 5");
        refused(
                new NDList(targets, targetLengths, inputLengths),
                new NDList(scores, inputLengths),
                "inputLengths is both the third array of labels and the second of predictions");
    }

    @Test
    void axesThatDoNotSuit() {
        NDList labels = new NDList(targets, targetLengths);
        refused(
                labels,
                new NDList(manager.zeros(new Shape(5, 4))),
                "predictions has the shape (5, 4), but scores are [B, T, V]");
        refused(labels, new NDList(), "predictions has 0 arrays");
        refused(
                labels,
                new NDList(manager.zeros(new Shape(5, 2, 4))),
                "the layout of the predictions is the other one");
        refused(new NDList(targets.flatten(), targetLengths), "targets has the shape (4)");
    }

    @Test
    void typesThatDoNotSuit() {
        refused(
                new NDList(targets, targetLengths),
                new NDList(scores.toType(DataType.INT32, true)),
                "predictions is of type int32");
        refused(new NDList(targets.gt(1), targetLengths), "targets is of type boolean");
    }

    @Test
    void aBlankThatIsNoSymbol() {
        CtcLoss other = CtcLoss.builder()
                .backend(backend)
                .format(ScoreFormat.defaults().withBlank(4))
                .build();
        assertThatThrownBy(() -> other.evaluate(new NDList(targets, targetLengths), new NDList(scores)))
                .hasMessageContaining("blank = 4 is not between 0 and 3");
        assertThatThrownBy(() -> ScoreFormat.defaults().withBlank(-1)).hasMessage("blank = -1 is less than 0");
    }

    @Test
    void anEngineWhoseBuffersMayBeCopies() {
        assertThatThrownBy(() -> new Surrogate(OtherEngine.array(), Layout.BATCH_MAJOR, Reduction.MEAN))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("predictions is of the engine Other; a gradient can be had with PyTorch only");
    }

    /** What was under way is given back. */
    @Test
    void anErrorLeavesNothingBehind() {
        int before = manager.getManagedArrays().size();
        NDList labels = new NDList(targets, manager.create(new int[] {2, 3}));
        refused(labels, "targetLengths[1] = 3");
        assertThat(manager.getManagedArrays()).hasSize(before + 1);
    }
}
