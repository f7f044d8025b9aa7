package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Copies one buffer to another: the measure of what a device's memory can do. A work-item copies one float, so that
 * neighbouring work-items copy neighbours, in one access of a GPU's warp, and a CPU can make a loop of a group.
 */
final class CopyKernel {
    private CopyKernel() {}

    static void copy(KernelContext context, FloatArray from, FloatArray to) {
        to.set(context.globalIdx, from.get(context.globalIdx));
    }
}
