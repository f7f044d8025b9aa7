package io.github.tornadoctc.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;

/** A loss and what a backward pass makes of it. */
final class Autograd {
    final NDArray loss;
    final NDArray gradient;

    /** Of the first array of the predictions, which are a leaf of autograd's graph. */
    Autograd(Loss of, NDList labels, NDList predictions) {
        NDArray scores = predictions.get(0);
        scores.setRequiresGradient(true);
        try (GradientCollector collector = scores.getManager().getEngine().newGradientCollector()) {
            this.loss = of.evaluate(labels, predictions);
            collector.backward(loss);
        }
        this.gradient = scores.getGradient();
    }

    float[] losses() {
        return loss.toFloatArray();
    }

    float[] gradients() {
        return gradient.toType(DataType.FLOAT32, true).toFloatArray();
    }
}
