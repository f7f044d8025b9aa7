package io.github.tornadoctc.residency;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcBatchBuilder;
import io.github.tornadoctc.kernels.NarrowFloat;
import java.lang.foreign.ValueLayout;

/** The two formats by the bits of a float, as no kernel can. */
final class SixteenBits {
    private static final int BELOW_TIE = 0x7FFF;

    private SixteenBits() {}

    static short of(float value, NarrowFloat format) {
        if (format == NarrowFloat.FLOAT16) {
            return Float.floatToFloat16(value);
        }
        int bits = Float.floatToIntBits(value);
        return (short) ((bits + BELOW_TIE + (bits >>> 16 & 1)) >>> 16);
    }

    private static float value(short bits, NarrowFloat format) {
        return format == NarrowFloat.FLOAT16 ? Float.float16ToFloat(bits) : Float.intBitsToFloat(bits << 16);
    }

    /** The scores of a batch. */
    static short[] of(CtcBatch batch, NarrowFloat format) {
        return rounded(batch.scores().toArray(ValueLayout.JAVA_FLOAT), format);
    }

    static short[] rounded(float[] values, NarrowFloat format) {
        short[] bits = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            // adding 0 makes −0 the 0 that kernels write
            bits[i] = of(values[i] + 0f, format);
        }
        return bits;
    }

    /** The batch with what these bits are worth for scores. */
    static CtcBatch valuesOf(CtcBatch batch, NarrowFloat format, short... bits) {
        float[] scores = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            scores[i] = value(bits[i], format);
        }
        return withScores(batch, scores);
    }

    /** The batch with other scores. */
    static CtcBatch withScores(CtcBatch batch, float... scores) {
        return like(batch).scores(scores).build();
    }

    /** The batch without scores, to be given others. */
    static CtcBatchBuilder like(CtcBatch batch) {
        int[][] targets = new int[batch.batchSize()][];
        int[] lengths = new int[batch.batchSize()];
        for (int b = 0; b < targets.length; b++) {
            targets[b] = batch.target(b);
            lengths[b] = batch.inputLength(b);
        }
        return CtcBatch.builder(batch.timeSteps(), batch.batchSize(), batch.symbols())
                .inputLengths(lengths)
                .targets(targets);
    }
}
