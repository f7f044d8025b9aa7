package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.ScoreType;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * What the scores of a call are in the host's memory, and what its gradient is to be there.
 *
 * @param gradient that of the scores where no gradient is wanted
 */
record ScoreTypes(ScoreType scores, ScoreType gradient) {
    /** Of float32. */
    static final ScoreTypes FLOAT32 = new ScoreTypes(ScoreType.FLOAT32, ScoreType.FLOAT32);

    /** What a loss has of 16-bit scores but those. The float32 scores become the gradient in place. */
    private static final List<DeviceBuffer> WIDE = LossBuffer.ALL.stream()
            .filter(buffer -> buffer != LossBuffer.GRADIENT)
            .toList();

    /** Those of a call. */
    static ScoreTypes of(CtcBatch batch, CtcOptions options, CtcResult result) {
        return new ScoreTypes(batch.scoreType(), options.gradient() ? result.gradientType() : batch.scoreType());
    }

    /** What a loss of batches of at most these sizes needs. */
    Capacity needed(Sizes sizes) {
        return scores == ScoreType.FLOAT32
                ? Capacity.of(LossBuffer.ALL, sizes)
                : Capacity.of(WIDE, sizes).plus(Capacity.of(NarrowBuffer.ALL, sizes));
    }

    /**
     * Arrays between host and device.
     *
     * @param scores what travels in
     * @param gradient what travels out; may be the array of the scores
     * @param onDevice the same for the tasks
     */
    record Arrays(TornadoNativeArray scores, TornadoNativeArray gradient, ScoreArrays onDevice) {
        /** Whether the gradient is in an array that no task of {@link #onDevice} makes room for. */
        boolean hasGradientOfItsOwn() {
            return scores instanceof FloatArray;
        }
    }

    /** Arrays of a capacity that {@link #needed} has made, for a loss with a gradient or without. */
    Arrays arrays(Capacity capacity, boolean wantsGradient) {
        if (scores == ScoreType.FLOAT32) {
            return arrays(
                    new FloatArray(capacity.length(LossBuffer.SCORES)),
                    new FloatArray(capacity.length(LossBuffer.GRADIENT)));
        }
        NarrowFloat format = NarrowFloat.of(scores);
        ShortArray narrow = new ShortArray(capacity.length(NarrowBuffer.NARROW_SCORES));
        if (!wantsGradient) {
            return new Arrays(narrow, narrow, ScoreArrays.of(format, narrow));
        }
        FloatArray wide = new FloatArray(capacity.length(LossBuffer.SCORES));
        return gradient == ScoreType.FLOAT32
                ? new Arrays(narrow, wide, ScoreArrays.of(format, narrow, wide))
                : new Arrays(narrow, narrow, ScoreArrays.of(format, narrow, narrow));
    }

    /** Arrays of float32 that there are already. */
    static Arrays arrays(FloatArray scores, FloatArray gradient) {
        return new Arrays(scores, gradient, ScoreArrays.of(scores, gradient));
    }
}
