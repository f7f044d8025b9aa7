package io.github.tornadoctc.djl;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where sums of products are not finite, loss and gradient still are the backend's. */
@NeedsLibtorch
class CtcLossLimitsTest {
    private static final int T = 4;
    private static final int V = 3;

    private final CtcBackend backend = CtcBackends.open("cpu");
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final float[] scores = new float[2 * T * V];
    private final int[] inputLengths = {T, T};
    private final int[] padded = {1, 2, 1, 1};
    private final int[] targetLengths = {2, 2};

    @AfterEach
    void close() {
        manager.close();
        backend.close();
    }

    private CtcResult expected(Reduction reduction, boolean zeroInfinity) {
        CtcBatch batch = CtcBatch.builder(T, 2, V)
                .layout(Layout.BATCH_MAJOR)
                .scores(scores)
                .inputLengths(inputLengths)
                .paddedTargets(padded, 2, targetLengths)
                .build();
        return backend.compute(
                batch, CtcOptions.defaults().withReduction(reduction).withZeroInfinity(zeroInfinity));
    }

    private Autograd found(Reduction reduction, boolean zeroInfinity) {
        CtcLoss loss = CtcLoss.builder()
                .backend(backend)
                .reduction(reduction)
                .zeroInfinity(zeroInfinity)
                .build();
        NDList labels = new NDList(
                manager.create(padded, new Shape(2, 2)), manager.create(targetLengths), manager.create(inputLengths));
        return new Autograd(loss, labels, new NDList(manager.create(scores, new Shape(2, T, V))));
    }

    private void areTheBackends(Reduction reduction, boolean zeroInfinity) {
        CtcResult expected = expected(reduction, zeroInfinity);
        Autograd found = found(reduction, zeroInfinity);
        assertThat(found.gradients())
                .usingComparator(CtcLossLimitsTest::byValue)
                .isEqualTo(expected.gradient().toArray(ValueLayout.JAVA_FLOAT));
        if (reduction == Reduction.NONE) {
            assertThat(found.losses()).containsExactly((float) expected.loss(0), (float) expected.loss(1));
        } else {
            assertThat(found.losses()).containsExactly((float) expected.reduced());
        }
    }

    private static void areFinite(float... losses) {
        for (float loss : losses) {
            assertThat(loss).isFinite();
        }
    }

    /** −0 and 0 are one gradient: taken out of the sum, it has lost its sign. */
    private static int byValue(float[] some, float... others) {
        for (int i = 0; i < some.length; i++) {
            if (some[i] != others[i]) {
                return Float.compare(some[i], others[i]);
            }
        }
        return Integer.compare(some.length, others.length);
    }

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void infeasibleUtterancesHaveAnInfiniteLossAndNoGradient(Reduction reduction) {
        inputLengths[1] = 2; // the label twice needs a blank between
        areTheBackends(reduction, false);
        assertThat(found(Reduction.SUM, false).losses()).containsExactly(Float.POSITIVE_INFINITY);
        assertThat(found(Reduction.NONE, false).losses()[0]).isFinite();
    }

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void zeroInfinityLeavesThemOut(Reduction reduction) {
        inputLengths[1] = 2;
        areTheBackends(reduction, true);
        assertThat(found(Reduction.NONE, true).losses()[1]).isZero();
    }

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void oneNanIsTheLossOfItsUtteranceAlone(Reduction reduction) {
        scores[T * V] = Float.NaN;
        areTheBackends(reduction, false);
        assertThat(found(Reduction.NONE, false).losses()[0]).isFinite();
    }

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void maskedSymbolsHaveNoGradient(Reduction reduction) {
        scores[5] = Float.NEGATIVE_INFINITY;
        scores[T * V + 2] = Float.NEGATIVE_INFINITY;
        areTheBackends(reduction, false);
        areFinite(found(reduction, false).losses());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE})
    void framesPastTheEndMayHoldAnything(float garbage) {
        inputLengths[0] = 3;
        scores[3 * V] = garbage;
        for (Reduction reduction : Reduction.values()) {
            areTheBackends(reduction, false);
            areFinite(found(reduction, false).losses());
        }
    }

    /** Their products with the gradient overflow. */
    @ParameterizedTest
    @EnumSource(Reduction.class)
    void scoresMayBeHuge(Reduction reduction) {
        for (int i = 0; i < scores.length; i++) {
            scores[i] = i % V == 0 ? -3e38f : 3e38f;
        }
        areTheBackends(reduction, false);
    }

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void targetsMayBeEmpty(Reduction reduction) {
        targetLengths[0] = 0;
        targetLengths[1] = 0;
        areTheBackends(reduction, false);
    }

    @Test
    void batchesMayBeEmptyInAnyOfTheirSizes() {
        CtcLoss loss =
                CtcLoss.builder().backend(backend).reduction(Reduction.NONE).build();
        for (Shape shape : new Shape[] {new Shape(0, 4, 3), new Shape(2, 0, 3), new Shape(2, 4, 3)}) {
            int batchSize = (int) shape.get(0);
            NDList labels = new NDList(
                    manager.create(new Shape(batchSize, 0), DataType.INT32), manager.create(new int[batchSize]));
            Autograd found = new Autograd(loss, labels, new NDList(manager.zeros(shape)));
            assertThat(found.loss.getShape()).isEqualTo(new Shape(batchSize));
            assertThat(found.gradient.getShape()).isEqualTo(shape);
        }
    }
}
