package io.github.tornadoctc.residency;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What stands for a model before the loss, and for its update after it. One work-item per element, and maybe some more. */
final class CallersKernels {
    private CallersKernels() {}

    static void model(KernelContext context, FloatArray inputs, FloatArray logits) {
        if (context.globalIdx < logits.getSize()) {
            logits.set(context.globalIdx, 2f * inputs.get(context.globalIdx));
        }
    }

    static void update(KernelContext context, FloatArray gradients, FloatArray weights) {
        if (context.globalIdx < weights.getSize()) {
            weights.set(context.globalIdx, weights.get(context.globalIdx) - gradients.get(context.globalIdx));
        }
    }
}
