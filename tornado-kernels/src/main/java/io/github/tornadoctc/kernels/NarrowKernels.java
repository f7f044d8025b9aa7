package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.BFloat16Array;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Scores of 16 bits made float32, and the gradient 16 bits again. One work-item per element; the other kernels know
 * float32 only. That costs a pass over the scores and one over the gradient, but no memory: the float32 scores become
 * the gradient in place, and 2 + 4 + 2 bytes an element are as many as float32 scores and gradient take.
 *
 * <p>Each kernel is there three times, since the type of an array is part of a kernel: for plain bits, which every
 * device can move; for TornadoVM's half floats, on devices that calculate with them; and for its bfloat16, which of
 * TornadoVM 5.2.0's backends CUDA alone has.
 */
final class NarrowKernels {
    /** Work-items per group. */
    static final int GROUP = 256;

    private NarrowKernels() {}

    /** The first T·B·V elements, of a {@link NarrowFloat}'s format. */
    static void widenBits(
            KernelContext context, IntArray description, ShortArray from, FloatArray to, int mantissaBits) {
        if (context.globalIdx < elements(description)) {
            to.set(context.globalIdx, NarrowFloats.decode(from.get(context.globalIdx), mantissaBits));
        }
    }

    /** The same of bfloat16. */
    static void widenBFloats(
            KernelContext context, IntArray description, BFloat16Array from, FloatArray to, int mantissaBits) {
        if (context.globalIdx < elements(description)) {
            to.set(context.globalIdx, NarrowFloats.decode(from.get(context.globalIdx), mantissaBits));
        }
    }

    /** The same of float16. */
    static void widenHalves(KernelContext context, IntArray description, HalfFloatArray from, FloatArray to) {
        if (context.globalIdx < elements(description)) {
            to.set(context.globalIdx, from.get(context.globalIdx).getFloat32());
        }
    }

    /** The first T·B·V elements, all below 2 in magnitude, to the nearest number of a {@link NarrowFloat}'s format. */
    static void narrowBits(
            KernelContext context, IntArray description, FloatArray from, ShortArray to, int mantissaBits) {
        if (context.globalIdx < elements(description)) {
            to.set(context.globalIdx, NarrowFloats.encode(from.get(context.globalIdx), mantissaBits));
        }
    }

    /** The same to bfloat16. */
    static void narrowBFloats(
            KernelContext context, IntArray description, FloatArray from, BFloat16Array to, int mantissaBits) {
        if (context.globalIdx < elements(description)) {
            to.set(context.globalIdx, NarrowFloats.encode(from.get(context.globalIdx), mantissaBits));
        }
    }

    /** The same to float16. */
    static void narrowHalves(KernelContext context, IntArray description, FloatArray from, HalfFloatArray to) {
        if (context.globalIdx < elements(description)) {
            // in a variable, without which TornadoVM 5.2.0's PTX backend cannot compile the conversion
            float value = from.get(context.globalIdx);
            to.set(context.globalIdx, new HalfFloat(value));
        }
    }

    private static int elements(IntArray description) {
        return description.get(Header.TIME_STEPS) * description.get(Header.BATCH) * description.get(Header.SYMBOLS);
    }
}
