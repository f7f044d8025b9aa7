package io.github.tornadoctc.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of a vocabulary all of whose symbols have slots, in double. Rows go from the batch's memory to arrays and back in one
 * piece: in a loop that writes off the heap, the compiler looks up again at each access where the memory begins and ends.
 */
final class VectorDenseRows {
    private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
    private static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, DOUBLES.vectorShape());
    private static final VectorSpecies<Float> HALF_FLOATS = Species.HALF_FLOATS;
    private static final int LANES = DOUBLES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** Rows taken through all passes together: what one has to wait for in its reductions, another has not. */
    private static final int ROWS = 16;

    /** Room for a row of as many slots as there may be, and a vector more. */
    private static final int ROOM = Target.MAX_DENSE_SYMBOLS + 2 * FLOATS.length();

    private final float[] scores = new float[ROWS * ROOM];
    private final float[] gradient = new float[ROOM];
    private final double[] lanes = new double[ROWS * Target.ALIGNMENT];

    /** {@link RowKernels#denseRows}. */
    void read(Frames frames, Target target, int from, int to) {
        for (int block = from; block < to; block += ROWS) {
            int end = Math.min(to, block + ROWS);
            for (int t = block; t < end; t++) {
                fetch(frames, t, (t - block) * ROOM);
            }
            exponentials(frames, target, block, end);
            for (int t = block; t < end; t++) {
                frames.sum[t] = Lanes.sum(lanes, (t - block) * Target.ALIGNMENT);
            }
        }
    }

    /**
     * Copies a row, masked scores behind it, and finds its largest and its least score, or any numbers if one of them is
     * NaN. By comparing ints, which takes one instruction: all bits but the sign are flipped where that is set.
     */
    private void fetch(Frames frames, int t, int to) {
        MemorySegment memory = frames.scores;
        long row = frames.rowBytes(t);
        int symbols = frames.symbols;
        IntVector largest = IntVector.broadcast(INTS, Integer.MIN_VALUE);
        IntVector least = IntVector.broadcast(INTS, Integer.MAX_VALUE);
        int whole = FLOATS.loopBound(symbols);
        int v = 0;
        for (; v < whole; v += FLOATS.length()) {
            FloatVector score = FloatVector.fromMemorySegment(FLOATS, memory, row + (long) v * Float.BYTES, ORDER);
            score.intoArray(scores, to + v);
            IntVector bits = score.reinterpretAsInts();
            bits = bits.lanewise(XOR, bits.lanewise(ASHR, Integer.SIZE - 1).and(Integer.MAX_VALUE));
            largest = bits.max(largest);
            least = bits.min(least);
        }
        FloatVector masked = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        if (v < symbols) {
            VectorMask<Float> inRow = FLOATS.indexInRange(v, symbols);
            FloatVector score = masked.blend(
                    FloatVector.fromMemorySegment(FLOATS, memory, row + (long) v * Float.BYTES, ORDER, inRow), inRow);
            score.intoArray(scores, to + v);
            IntVector bits = score.reinterpretAsInts();
            bits = bits.lanewise(XOR, bits.lanewise(ASHR, Integer.SIZE - 1).and(Integer.MAX_VALUE));
            largest = bits.max(largest);
            least = IntVector.broadcast(INTS, Integer.MAX_VALUE)
                    .blend(bits, inRow.cast(INTS))
                    .min(least);
            v += FLOATS.length();
        }
        masked.intoArray(scores, to + v);
        frames.largest[t] = score(largest.reduceLanes(MAX));
        frames.least[t] = score(least.reduceLanes(MIN));
    }

    private static float score(int bits) {
        return Float.intBitsToFloat(bits ^ ((bits >> (Integer.SIZE - 1)) & Integer.MAX_VALUE));
    }

    /** Writes exp(score − largest) of every slot of rows [from, to), as {@link Exp#exp(double)} has it, and by lane the sums. */
    private void exponentials(Frames frames, Target target, int from, int to) {
        float[] rows = scores;
        double[] emission = frames.emission;
        int slots = target.slots;
        DoubleVector log2E = DoubleVector.broadcast(DOUBLES, Exp.DOUBLE_LOG2_E);
        DoubleVector round = DoubleVector.broadcast(DOUBLES, Exp.DOUBLE_ROUND);
        DoubleVector ln2High = DoubleVector.broadcast(DOUBLES, -Exp.DOUBLE_LN2_HIGH);
        DoubleVector ln2Low = DoubleVector.broadcast(DOUBLES, -Exp.DOUBLE_LN2_LOW);
        DoubleVector c11 = DoubleVector.broadcast(DOUBLES, Exp.DOUBLE_C11);
        DoubleVector c10 = DoubleVector.broadcast(DOUBLES, Exp.DOUBLE_C10);
        DoubleVector c9 = DoubleVector.broadcast(DOUBLES, Exp.DOUBLE_C9);
        DoubleVector c8 = DoubleVector.broadcast(DOUBLES, Exp.DOUBLE_C8);
        DoubleVector c7 = DoubleVector.broadcast(DOUBLES, Exp.DOUBLE_C7);
        DoubleVector c6 = DoubleVector.broadcast(DOUBLES, Exp.DOUBLE_C6);
        DoubleVector c5 = DoubleVector.broadcast(DOUBLES, Exp.DOUBLE_C5);
        DoubleVector c4 = DoubleVector.broadcast(DOUBLES, Exp.DOUBLE_C4);
        DoubleVector c3 = DoubleVector.broadcast(DOUBLES, Exp.DOUBLE_C3);
        DoubleVector c2 = DoubleVector.broadcast(DOUBLES, 0.5);
        DoubleVector least = DoubleVector.broadcast(DOUBLES, Exp.DOUBLE_LEAST);
        DoubleVector zero = DoubleVector.zero(DOUBLES);
        LongVector bitsOfOne = LongVector.broadcast(LONGS, Exp.DOUBLE_ONE);
        for (int t = from; t < to; t++) {
            int row = (t - from) * ROOM;
            int at = t * slots;
            DoubleVector largest = DoubleVector.broadcast(DOUBLES, ScalarRowKernels.finiteOrZero(frames.largest[t]));
            DoubleVector sum = DoubleVector.zero(DOUBLES);
            for (int slot = 0; slot < slots; slot += LANES) {
                DoubleVector x = ((DoubleVector) FloatVector.fromArray(HALF_FLOATS, rows, row + slot)
                                .convertShape(F2D, DOUBLES, 0))
                        .sub(largest);
                DoubleVector shifted = x.fma(log2E, round);
                DoubleVector n = shifted.sub(round);
                DoubleVector r = n.fma(ln2Low, n.fma(ln2High, x));
                DoubleVector square = r.mul(r);
                DoubleVector fourth = square.mul(square);
                DoubleVector low = c5.fma(r, c4).fma(square, c3.fma(r, c2));
                DoubleVector high = c9.fma(r, c8).fma(square, c7.fma(r, c6));
                high = c11.fma(r, c10).fma(fourth, high);
                DoubleVector beyondOne = high.fma(fourth, low).fma(square, r);
                DoubleVector scale = shifted.reinterpretAsLongs()
                        .lanewise(LSHL, Exp.DOUBLE_FRACTION)
                        .add(bitsOfOne)
                        .reinterpretAsDoubles();
                DoubleVector exp = beyondOne.fma(scale, scale).blend(zero, x.compare(LT, least));
                exp.intoArray(emission, at + slot);
                sum = exp.add(sum);
            }
            sum.intoArray(lanes, (t - from) * Target.ALIGNMENT);
        }
    }

    /** Writes row t of the gradient. */
    void write(Frames frames, int at, int t, double[] posterior, int from, double softmaxScale, double posteriorScale) {
        double[] emission = frames.emission;
        int symbols = frames.symbols;
        for (int v = 0; v < symbols; v += LANES) {
            ((FloatVector) DoubleVector.fromArray(DOUBLES, emission, at + v)
                            .mul(softmaxScale)
                            .sub(DoubleVector.fromArray(DOUBLES, posterior, from + v)
                                    .mul(posteriorScale))
                            .convertShape(D2F, HALF_FLOATS, 0))
                    .intoArray(gradient, v);
        }
        MemorySegment.copy(gradient, 0, frames.gradient, JAVA_FLOAT, frames.rowBytes(t), symbols);
    }
}
