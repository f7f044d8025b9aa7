package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.ScoreType;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    /** Where a gradient of 16 bits goes on the device. */
    enum Place {
        /** To that of the scores. */
        OF_THE_SCORES,
        /** To an array that it has to itself. */
        ITS_OWN
    }

    /** What a loss of batches of at most these sizes needs. */
    Capacity needed(Sizes sizes, Place place) {
        if (scores == ScoreType.FLOAT32) {
            return Capacity.of(LossBuffer.ALL, sizes);
        }
        boolean apart = sizes.gradient() && gradient != ScoreType.FLOAT32 && place == Place.ITS_OWN;
        return Capacity.of(WIDE, sizes)
                .plus(Capacity.of(apart ? NarrowBuffer.ALL : List.of(NarrowBuffer.NARROW_SCORES), sizes));
    }

    /**
     * Arrays between host and device.
     *
     * @param scores what travels in
     * @param gradient what travels out; may be the array of the scores
     * @param onDevice the same for the tasks
     */
    record Arrays(TornadoNativeArray scores, TornadoNativeArray gradient, ScoreArrays onDevice) {
        /** Whether nothing else makes room for the gradient on the device, which {@link #onDevice} does for floats of its own. */
        boolean needsRoomForGradient() {
            return scores instanceof FloatArray || (gradient instanceof ShortArray && !gradient.equals(scores));
        }
    }

    /** Arrays of a capacity that {@link #needed} has made, for a loss with a gradient or without. */
    Arrays arrays(Capacity capacity, boolean wantsGradient) {
        if (scores == ScoreType.FLOAT32) {
            return arrays(
                    new FloatArray(capacity.length(LossBuffer.SCORES)),
                    new FloatArray(capacity.length(LossBuffer.GRADIENT)));
        }
        ShortArray narrow = new ShortArray(capacity.length(NarrowBuffer.NARROW_SCORES));
        if (!wantsGradient) {
            return arrays(narrow, null);
        }
        return arrays(
                narrow, gradient == ScoreType.FLOAT32 ? new FloatArray(capacity.length(LossBuffer.SCORES)) : narrow);
    }

    /** Arrays of these types that there are already; without a gradient for losses alone. */
    Arrays arrays(TornadoNativeArray ofScores, @Nullable TornadoNativeArray ofGradient) {
        if (ofScores instanceof FloatArray floats) {
            FloatArray out = ofGradient == null ? new FloatArray(1) : (FloatArray) ofGradient;
            return new Arrays(floats, out, ScoreArrays.of(floats, out));
        }
        ShortArray narrow = (ShortArray) ofScores;
        NarrowFloat format = NarrowFloat.of(scores);
        return switch (ofGradient) {
            case null -> new Arrays(narrow, narrow, ScoreArrays.of(format, narrow));
            case FloatArray wide -> new Arrays(narrow, wide, ScoreArrays.of(format, narrow, wide));
            default -> new Arrays(narrow, ofGradient, ScoreArrays.of(format, narrow, (ShortArray) ofGradient));
        };
    }
}
