package io.github.tornadoctc.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Edits over labels, every utterance weighed by its length. */
@NeedsLibtorch
class CtcErrorRateTest {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final CtcErrorRate rate = new CtcErrorRate();
    private final NDList labels = new NDList(
            manager.create(new float[] {1, 2, 3, 3, 0, 0}, new Shape(2, 3)), manager.create(new int[] {3, 1}));

    @AfterEach
    void close() {
        manager.close();
    }

    /** Scores whose best paths are these, of five frames each. */
    private NDList saying(int... paths) {
        NDArray scores = manager.zeros(new Shape(paths.length, 4));
        for (int i = 0; i < paths.length; i++) {
            scores.set(new NDIndex(i, paths[i]), 5);
        }
        return new NDList(scores.reshape(paths.length / 5, 5, 4));
    }

    @Test
    void editsAreCountedOverTheLabels() {
        assertThat(rate.evaluate(labels, saying(1, 1, 2, 0, 3, 0, 0, 3, 3, 0)).getFloat())
                .isZero();
        assertThat(rate.evaluate(labels, saying(1, 1, 3, 0, 3, 0, 0, 3, 0, 3)).getFloat())
                .isEqualTo(.5f);
        assertThat(rate.evaluate(labels, saying(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).getFloat())
                .isEqualTo(1);
    }

    @Test
    void framesPastTheEndAreNotRead() {
        NDList withLengths = new NDList(labels);
        withLengths.add(manager.create(new int[] {5, 3}));
        assertThat(rate.evaluate(withLengths, saying(1, 2, 3, 0, 0, 0, 3, 0, 1, 2))
                        .getFloat())
                .isZero();
    }

    @Test
    void batchesAreAddedUp() {
        rate.addAccumulator("train");
        rate.addAccumulator("validate");
        assertThat(rate.getAccumulator("train")).isNaN();
        NDList right = saying(1, 1, 2, 0, 3, 0, 0, 3, 3, 0);
        rate.updateAccumulators(new String[] {"train", "validate"}, labels, right);
        assertThat(rate.getAccumulator("train")).isZero();
        rate.updateAccumulator("train", labels, saying(1, 1, 3, 0, 3, 0, 0, 3, 0, 3));
        assertThat(rate.getAccumulator("train")).isEqualTo(2f / 8);
        assertThat(rate.getAccumulator("validate")).isZero();
        rate.resetAccumulator("train");
        assertThat(rate.getAccumulator("train")).isNaN();
    }

    @Test
    void whatDoesNotSuitIsRefused() {
        assertThatThrownBy(() -> rate.getAccumulator("other")).hasMessage("key = other is of no accumulator");
        assertThatThrownBy(() -> rate.evaluate(labels, saying(1, 1, 1, 1, 1)))
                .hasMessageContaining("targets has the shape (2, 3), but predictions are of 1 utterances");
    }
}
