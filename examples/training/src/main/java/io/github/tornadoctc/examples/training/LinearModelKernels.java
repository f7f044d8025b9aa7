package io.github.tornadoctc.examples.training;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A linear layer: scores = inputs · weights, and a step of gradient descent on the weights. A grid without local size may
 * be rounded up to whole groups, so the work-items that have nothing to do stand aside.
 */
final class LinearModelKernels {
    private LinearModelKernels() {}

    /** One work-item per score. {@code inputs [rows][features]}, {@code weights [features][symbols]}. */
    static void forward(
            KernelContext context,
            FloatArray inputs,
            FloatArray weights,
            FloatArray scores,
            int features,
            int symbols) {
        int index = context.globalIdx;
        if (index < scores.getSize()) {
            int row = index / symbols;
            int v = index - row * symbols;
            float sum = 0f;
            for (int f = 0; f < features; f++) {
                sum += inputs.get(row * features + f) * weights.get(f * symbols + v);
            }
            scores.set(index, sum);
        }
    }

    /** One work-item per weight: its gradient is the sum over rows of input times the score's gradient. */
    static void descend(
            KernelContext context,
            FloatArray inputs,
            FloatArray gradient,
            FloatArray weights,
            int rows,
            int features,
            int symbols,
            float learningRate) {
        int index = context.globalIdx;
        if (index < weights.getSize()) {
            int f = index / symbols;
            int v = index - f * symbols;
            float sum = 0f;
            for (int row = 0; row < rows; row++) {
                sum += inputs.get(row * features + f) * gradient.get(row * symbols + v);
            }
            weights.set(index, weights.get(index) - learningRate * sum);
        }
    }
}
