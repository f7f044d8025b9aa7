package io.github.tornadoctc.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Reduction;
import java.lang.foreign.MemorySegment;

/**
 * Gives autograd a gradient that was computed outside of it. DJL has no functions of one's own with a backward pass, but
 * s = Σ g·x, with a constant g, has the gradient g with respect to x, and multiplied by the 1 that a backward pass begins
 * with it is g bit for bit. Its value becomes the loss exactly by (s − s′) + loss, where s′ is s without its history:
 * s − s′ is 0.
 *
 * <p>That holds if s is finite. With −∞ among the scores, or NaN past the end of an utterance, it is not; then Σ g·(x − x′)
 * stands for it, whose terms are 0, and NaN where x is not finite. Those are taken out, along with their gradient, which is
 * 0 there anyway.
 *
 * <p>The gradient is written to memory of the engine, of float32, and multiplied by scores of any type: autograd rounds
 * what it hands on to theirs.
 */
final class Surrogate implements AutoCloseable {
    private static final String ENGINE = "PyTorch";

    private final NDArray scores;
    private final Layout layout;
    private final Reduction reduction;
    private final NDManager scratch;
    private final NDArray gradient;

    /** Room for the gradient of scores. */
    Surrogate(NDArray scores, Layout layout, Reduction reduction) {
        String engine = scores.getManager().getEngine().getEngineName();
        if (!engine.equals(ENGINE)) {
            throw new UnsupportedOperationException(
                    "predictions is of the engine %s; a gradient can be had with %s only".formatted(engine, ENGINE));
        }
        this.scores = scores;
        this.layout = layout;
        this.reduction = reduction;
        this.scratch = scores.getManager().newSubManager();
        this.gradient = scratch.create(scores.getShape(), DataType.FLOAT32, Device.cpu());
    }

    /** The memory that the gradient is to be written to, in the shape of the scores. */
    MemorySegment gradient() {
        return gradient.isEmpty() ? MemorySegment.NULL : MemorySegment.ofBuffer(gradient.toByteBuffer(true));
    }

    /** The loss with its way back, once the gradient is written. */
    NDArray withValue(NDArray loss) {
        NDArray g = gradient.toDevice(scores.getDevice(), false);
        NDArray sum = product(g, scores);
        if (!isFinite(sum)) {
            NDArray nothing = scores.sub(scores.stopGradient());
            nothing.attach(scratch);
            sum = product(g, NDArrays.where(nothing.isNaN(), nothing.zerosLike(), nothing));
        }
        NDArray valued = sum.sub(sum.stopGradient()).add(loss.toDevice(scores.getDevice(), false));
        valued.attach(scores.getManager());
        return valued;
    }

    /** Σ g·x, over all or for each utterance. The dot product needs no memory for the products. */
    private NDArray product(NDArray g, NDArray x) {
        if (reduction == Reduction.NONE) {
            return g.mul(x).sum(layout == Layout.BATCH_MAJOR ? new int[] {1, 2} : new int[] {0, 2});
        }
        if (x.getDataType() != DataType.FLOAT32) {
            return g.mul(x).sum();
        }
        NDArray flat = x.flatten();
        flat.attach(scratch);
        return g.flatten().dot(flat);
    }

    private static boolean isFinite(NDArray sum) {
        for (double value : sum.toType(DataType.FLOAT64, false)
                .toDevice(Device.cpu(), false)
                .toDoubleArray()) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** Gives back what is not part of the loss; autograd keeps what it needs. */
    @Override
    public void close() {
        scratch.close();
    }
}
