package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * What a group of a recursion loads two rounds of {@link ApproachKernel#WRITTEN_OUT} frames before it is needed, for nothing
 * but that a GPU's cache has it then: the four frames for which it is loaded ahead anyway are enough for a cache to answer,
 * and not for the memory. It is where the scores are so many that they have driven out of the cache what was made of them.
 *
 * <p>Memory gives {@value #LINE_BYTES} bytes at once, of which one element is loaded. Eight work-items load as many of each of
 * eight frames, the next eight work-items the ones after those, which reaches all pairs: there are as many work-items.
 */
final class CacheFetch {
    private static final int LINE_BYTES = 64;

    /** The frame of which a work-item loads something, from the one at hand on. */
    static int frame(int lane) {
        return 2 * ApproachKernel.WRITTEN_OUT + lane % ApproachKernel.WRITTEN_OUT;
    }

    /** Which of a frame's longs a work-item loads, if the last of them is {@code last}. */
    static int longOf(int lane, int last) {
        return TornadoMath.min(lane / ApproachKernel.WRITTEN_OUT * (LINE_BYTES / Long.BYTES), last);
    }

    /** Which of a frame's floats. */
    static int floatOf(int lane, int last) {
        return TornadoMath.min(lane / ApproachKernel.WRITTEN_OUT * (LINE_BYTES / Float.BYTES), last);
    }

    /** What a compiler does not know to be false, so that it keeps the loads that {@code fetched} is made of. */
    static boolean isNeverSo(int fetched, int zero) {
        return (fetched & zero) == 1;
    }

    private CacheFetch() {}
}
