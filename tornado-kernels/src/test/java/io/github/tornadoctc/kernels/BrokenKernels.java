package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What the shipped kernels do, each with one of the mistakes that are easily made. Groups of {@value #GROUP}; {@code in}
 * and {@code out} have an element for every work-item.
 */
final class BrokenKernels {
    static final int GROUP = 8;

    private BrokenKernels() {}

    /** The sum of the group's elements, as {@link RowKernel} adds up a row; nothing wrong with it. */
    static void sum(KernelContext context, FloatArray in, FloatArray out) {
        float[] partial = context.allocateFloatLocalArray(GROUP);
        int local = context.localIdx;
        partial[local] = in.get(context.globalIdx);
        context.localBarrier();
        for (int stride = 1; stride < GROUP; stride *= 2) {
            if (local % (2 * stride) == 0) {
                partial[local] += partial[local + stride];
            }
            context.localBarrier();
        }
        out.set(context.globalIdx, partial[0]);
    }

    /** Adds up what the neighbours may not have added up yet. */
    static void sumWithoutBarrierInTheLoop(KernelContext context, FloatArray in, FloatArray out) {
        float[] partial = context.allocateFloatLocalArray(GROUP);
        int local = context.localIdx;
        partial[local] = in.get(context.globalIdx);
        context.localBarrier();
        for (int stride = 1; stride < GROUP; stride *= 2) {
            if (local % (2 * stride) == 0) {
                partial[local] += partial[local + stride];
            }
        }
        context.localBarrier();
        out.set(context.globalIdx, partial[0]);
    }

    /** Writes the second row over a sum that some have not read yet. */
    static void reusesLocalMemoryWithoutBarrier(KernelContext context, FloatArray in, FloatArray out) {
        float[] partial = context.allocateFloatLocalArray(GROUP);
        int local = context.localIdx;
        partial[local] = in.get(context.globalIdx);
        context.localBarrier();
        float left = partial[(local + 1) % GROUP];
        partial[local] = -left;
        context.localBarrier();
        out.set(context.globalIdx, left + partial[(local + 1) % GROUP]);
    }

    /** Only those who add come to the barrier. */
    static void barrierInABranch(KernelContext context, FloatArray in, FloatArray out) {
        float[] partial = context.allocateFloatLocalArray(GROUP);
        int local = context.localIdx;
        partial[local] = in.get(context.globalIdx);
        context.localBarrier();
        if (local % 2 == 0) {
            partial[local] += partial[local + 1];
            context.localBarrier();
        }
        out.set(context.globalIdx, partial[local]);
    }

    /** As the recursion would be if every state stopped at its own last frame. */
    static void asManyBarriersAsTheItemHasFrames(KernelContext context, FloatArray in, FloatArray out) {
        float value = in.get(context.globalIdx);
        for (int step = 0; step <= context.localIdx; step++) {
            context.localBarrier();
            value += 1f;
        }
        out.set(context.globalIdx, value);
    }

    /** The last item of the last group has no right neighbour. */
    static void readsPastTheEnd(KernelContext context, FloatArray in, FloatArray out) {
        out.set(context.globalIdx, in.get(context.globalIdx) + in.get(context.globalIdx + 1));
    }

    static void writesPastTheEnd(KernelContext context, FloatArray in, FloatArray out) {
        out.set(context.globalIdx + 1, in.get(context.globalIdx));
    }

    /** As the recursion would be if a lane looked for the pair before lane 0. */
    static void readsBeforeALocalArray(KernelContext context, FloatArray in, FloatArray out) {
        float[] crossing = context.allocateFloatLocalArray(GROUP);
        crossing[context.localIdx] = in.get(context.globalIdx);
        context.localBarrier();
        out.set(context.globalIdx, crossing[context.localIdx - 1]);
    }

    /** The table has as many elements again as there are work-items to fill it. */
    static void leavesHalfOfALocalTableUnwritten(KernelContext context, FloatArray in, FloatArray out) {
        float[] power = context.allocateFloatLocalArray(2 * GROUP);
        power[context.localIdx] = ExtendedFloat.powerOfHalf(context.localIdx);
        context.localBarrier();
        int k = TornadoMath.min((int) in.get(context.globalIdx), 2 * GROUP - 1);
        out.set(context.globalIdx, power[k]);
    }

    /** A sum in global memory that every item adds to. */
    static void addsWithoutAtomics(KernelContext context, FloatArray in, FloatArray out) {
        out.set(context.groupIdx, in.get(context.globalIdx) + 1f);
    }

    /** Leaves its sum where another group looks for it. */
    static void readsWhatAnotherGroupWrites(KernelContext context, FloatArray in, FloatArray out) {
        if (context.groupIdx == 0) {
            out.set(context.globalIdx, in.get(context.globalIdx));
        } else {
            out.set(context.globalIdx, out.get(context.localIdx));
        }
    }

    /** Each symbol's softmax, then some of them again, as {@link GradientKernel}; nothing wrong with it. */
    static void writesAgainAfterGlobalBarrier(KernelContext context, FloatArray in, FloatArray out) {
        out.set(context.globalIdx, in.get(context.globalIdx));
        context.localBarrier();
        context.globalBarrier();
        if (context.localIdx == 0) {
            out.set(context.globalIdx + GROUP - 1, 0f);
        }
    }

    /** The same, with a barrier that waits but does not order the writes. */
    static void writesAgainAfterLocalBarrier(KernelContext context, FloatArray in, FloatArray out) {
        out.set(context.globalIdx, in.get(context.globalIdx));
        context.localBarrier();
        if (context.localIdx == 0) {
            out.set(context.globalIdx + GROUP - 1, 0f);
        }
    }

    /** Reads a buffer that no task before it has written. */
    static void addsToWhatIsThere(KernelContext context, FloatArray in, FloatArray out) {
        out.set(context.globalIdx, out.get(context.globalIdx) + in.get(context.globalIdx));
    }
}
