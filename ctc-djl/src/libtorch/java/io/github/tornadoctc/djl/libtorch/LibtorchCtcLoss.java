package io.github.tornadoctc.djl.libtorch;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import io.github.tornadoctc.Reduction;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * {@code log_softmax} and {@code ctc_loss} of libtorch as a loss of DJL, which has neither of its own; {@code ctc_loss.py}
 * has written the module. Predictions are logits {@code [B, T, V]}, labels targets {@code [B, U]}, targetLengths
 * {@code [B]} and inputLengths {@code [B]}; the blank is symbol 0.
 */
public final class LibtorchCtcLoss extends Loss implements AutoCloseable {
    /** PyTorch's number of the reduction. */
    private final long reduction;

    private final boolean zeroInfinity;
    private final Model model;

    /** Loads the module. */
    public LibtorchCtcLoss(Reduction reduction, boolean zeroInfinity) {
        super("LibtorchCtcLoss");
        this.reduction = switch (reduction) {
            case NONE -> 0;
            case MEAN -> 1;
            case SUM -> 2;
        };
        this.zeroInfinity = zeroInfinity;
        this.model = Model.newInstance("ctc_loss", "PyTorch");
        try (InputStream module =
                Objects.requireNonNull(LibtorchCtcLoss.class.getResourceAsStream("ctc_loss.pt"), "ctc_loss.pt")) {
            model.load(module);
        } catch (IOException | MalformedModelException e) {
            throw new IllegalStateException("ctc_loss.pt cannot be loaded", e);
        }
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray logits = predictions.get(0);
        NDManager manager = logits.getManager();
        NDList inputs = new NDList(
                logits.transpose(1, 0, 2),
                labels.get(0).toType(DataType.INT64, false),
                labels.get(2).toType(DataType.INT64, false),
                labels.get(1).toType(DataType.INT64, false),
                manager.create(new long[] {0, reduction, zeroInfinity ? 1 : 0}));
        return model.getBlock()
                .forward(new ParameterStore(manager, false), inputs, true)
                .singletonOrThrow();
    }

    @Override
    public void close() {
        model.close();
    }
}
