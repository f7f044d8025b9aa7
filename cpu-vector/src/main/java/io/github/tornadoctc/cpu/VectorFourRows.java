package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorExp} of four rows side by side, each to the same bits. Rows of an utterance lie apart in a time-major batch,
 * and at the beginning of each a processor has to find out anew that memory is read one line after the other, which takes it
 * some misses. Of four rows it does so at the same time.
 */
final class VectorFourRows {
    static final int ROWS = 4;

    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private VectorFourRows() {}

    /**
     * {@link VectorExp#exponentials} of four rows, whose exponentials go to where in {@code out} the scores are in theirs.
     *
     * @param from where the scores of the first begin, in bytes
     * @param ahead where the others begin, of the first of four rows
     * @param stride from one row to the next, in bytes
     * @param largest what scores of each row are taken relative to
     * @param sums of each row, by lane
     * @param maxima of each row ahead, by lane
     */
    static void exponentials(
            MemorySegment scores,
            long from,
            long ahead,
            long stride,
            MemorySegment out,
            int count,
            float[] largest,
            float[][] sums,
            float[][] maxima) {
        long from0 = from;
        long ahead0 = ahead;
        long from1 = from + stride;
        long ahead1 = ahead + stride;
        long from2 = from + 2 * stride;
        long ahead2 = ahead + 2 * stride;
        long from3 = from + 3 * stride;
        long ahead3 = ahead + 3 * stride;
        FloatVector log2E = FloatVector.broadcast(FLOATS, Exp.FLOAT_LOG2_E);
        FloatVector round = FloatVector.broadcast(FLOATS, Exp.FLOAT_ROUND);
        FloatVector ln2High = FloatVector.broadcast(FLOATS, -Exp.FLOAT_LN2_HIGH);
        FloatVector ln2Low = FloatVector.broadcast(FLOATS, -Exp.FLOAT_LN2_LOW);
        FloatVector c6 = FloatVector.broadcast(FLOATS, Exp.FLOAT_C6);
        FloatVector c5 = FloatVector.broadcast(FLOATS, Exp.FLOAT_C5);
        FloatVector c4 = FloatVector.broadcast(FLOATS, Exp.FLOAT_C4);
        FloatVector c3 = FloatVector.broadcast(FLOATS, Exp.FLOAT_C3);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0.5f);
        FloatVector least = FloatVector.broadcast(FLOATS, Exp.FLOAT_LEAST);
        FloatVector zero = FloatVector.zero(FLOATS);
        IntVector bitsOfOne = IntVector.broadcast(INTS, Exp.FLOAT_ONE);
        FloatVector largest0 = FloatVector.broadcast(FLOATS, largest[0]);
        FloatVector sum0 = FloatVector.fromArray(FLOATS, sums[0], 0);
        FloatVector max0 = FloatVector.fromArray(FLOATS, maxima[0], 0);
        FloatVector largest1 = FloatVector.broadcast(FLOATS, largest[1]);
        FloatVector sum1 = FloatVector.fromArray(FLOATS, sums[1], 0);
        FloatVector max1 = FloatVector.fromArray(FLOATS, maxima[1], 0);
        FloatVector largest2 = FloatVector.broadcast(FLOATS, largest[2]);
        FloatVector sum2 = FloatVector.fromArray(FLOATS, sums[2], 0);
        FloatVector max2 = FloatVector.fromArray(FLOATS, maxima[2], 0);
        FloatVector largest3 = FloatVector.broadcast(FLOATS, largest[3]);
        FloatVector sum3 = FloatVector.fromArray(FLOATS, sums[3], 0);
        FloatVector max3 = FloatVector.fromArray(FLOATS, maxima[3], 0);
        for (int i = 0; i < count; i += FLOATS.length()) {
            long offset = (long) i * Float.BYTES;
            FloatVector other0 = FloatVector.fromMemorySegment(FLOATS, scores, ahead0 + offset, ORDER);
            max0 = other0.blend(max0, other0.compare(LE, max0));
            FloatVector x0 = FloatVector.fromMemorySegment(FLOATS, scores, from0 + offset, ORDER)
                    .sub(largest0);
            FloatVector shifted0 = x0.fma(log2E, round);
            FloatVector n0 = shifted0.sub(round);
            FloatVector r0 = n0.fma(ln2Low, n0.fma(ln2High, x0));
            FloatVector square0 = r0.mul(r0);
            FloatVector high0 = c6.fma(square0, c5.fma(r0, c4));
            FloatVector beyondOne0 = high0.fma(square0, c3.fma(r0, c2)).fma(square0, r0);
            FloatVector scale0 = shifted0.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(bitsOfOne)
                    .reinterpretAsFloats();
            FloatVector exp0 = beyondOne0.fma(scale0, scale0).blend(zero, x0.compare(LT, least));
            exp0.intoMemorySegment(out, from0 + offset, ORDER);
            sum0 = exp0.add(sum0);

            FloatVector other1 = FloatVector.fromMemorySegment(FLOATS, scores, ahead1 + offset, ORDER);
            max1 = other1.blend(max1, other1.compare(LE, max1));
            FloatVector x1 = FloatVector.fromMemorySegment(FLOATS, scores, from1 + offset, ORDER)
                    .sub(largest1);
            FloatVector shifted1 = x1.fma(log2E, round);
            FloatVector n1 = shifted1.sub(round);
            FloatVector r1 = n1.fma(ln2Low, n1.fma(ln2High, x1));
            FloatVector square1 = r1.mul(r1);
            FloatVector high1 = c6.fma(square1, c5.fma(r1, c4));
            FloatVector beyondOne1 = high1.fma(square1, c3.fma(r1, c2)).fma(square1, r1);
            FloatVector scale1 = shifted1.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(bitsOfOne)
                    .reinterpretAsFloats();
            FloatVector exp1 = beyondOne1.fma(scale1, scale1).blend(zero, x1.compare(LT, least));
            exp1.intoMemorySegment(out, from1 + offset, ORDER);
            sum1 = exp1.add(sum1);

            FloatVector other2 = FloatVector.fromMemorySegment(FLOATS, scores, ahead2 + offset, ORDER);
            max2 = other2.blend(max2, other2.compare(LE, max2));
            FloatVector x2 = FloatVector.fromMemorySegment(FLOATS, scores, from2 + offset, ORDER)
                    .sub(largest2);
            FloatVector shifted2 = x2.fma(log2E, round);
            FloatVector n2 = shifted2.sub(round);
            FloatVector r2 = n2.fma(ln2Low, n2.fma(ln2High, x2));
            FloatVector square2 = r2.mul(r2);
            FloatVector high2 = c6.fma(square2, c5.fma(r2, c4));
            FloatVector beyondOne2 = high2.fma(square2, c3.fma(r2, c2)).fma(square2, r2);
            FloatVector scale2 = shifted2.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(bitsOfOne)
                    .reinterpretAsFloats();
            FloatVector exp2 = beyondOne2.fma(scale2, scale2).blend(zero, x2.compare(LT, least));
            exp2.intoMemorySegment(out, from2 + offset, ORDER);
            sum2 = exp2.add(sum2);

            FloatVector other3 = FloatVector.fromMemorySegment(FLOATS, scores, ahead3 + offset, ORDER);
            max3 = other3.blend(max3, other3.compare(LE, max3));
            FloatVector x3 = FloatVector.fromMemorySegment(FLOATS, scores, from3 + offset, ORDER)
                    .sub(largest3);
            FloatVector shifted3 = x3.fma(log2E, round);
            FloatVector n3 = shifted3.sub(round);
            FloatVector r3 = n3.fma(ln2Low, n3.fma(ln2High, x3));
            FloatVector square3 = r3.mul(r3);
            FloatVector high3 = c6.fma(square3, c5.fma(r3, c4));
            FloatVector beyondOne3 = high3.fma(square3, c3.fma(r3, c2)).fma(square3, r3);
            FloatVector scale3 = shifted3.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(bitsOfOne)
                    .reinterpretAsFloats();
            FloatVector exp3 = beyondOne3.fma(scale3, scale3).blend(zero, x3.compare(LT, least));
            exp3.intoMemorySegment(out, from3 + offset, ORDER);
            sum3 = exp3.add(sum3);
        }
        sum0.intoArray(sums[0], 0);
        max0.intoArray(maxima[0], 0);
        sum1.intoArray(sums[1], 0);
        max1.intoArray(maxima[1], 0);
        sum2.intoArray(sums[2], 0);
        max2.intoArray(maxima[2], 0);
        sum3.intoArray(sums[3], 0);
        max3.intoArray(maxima[3], 0);
    }

    /**
     * The same without writing: a processor then has nothing to wait for but loads. It is a method of its own since a
     * compiler would look at a condition again for each vector.
     */
    static void addExponentials(
            MemorySegment scores,
            long from,
            long ahead,
            long stride,
            int count,
            float[] largest,
            float[][] sums,
            float[][] maxima) {
        long from0 = from;
        long ahead0 = ahead;
        long from1 = from + stride;
        long ahead1 = ahead + stride;
        long from2 = from + 2 * stride;
        long ahead2 = ahead + 2 * stride;
        long from3 = from + 3 * stride;
        long ahead3 = ahead + 3 * stride;
        FloatVector log2E = FloatVector.broadcast(FLOATS, Exp.FLOAT_LOG2_E);
        FloatVector round = FloatVector.broadcast(FLOATS, Exp.FLOAT_ROUND);
        FloatVector ln2High = FloatVector.broadcast(FLOATS, -Exp.FLOAT_LN2_HIGH);
        FloatVector ln2Low = FloatVector.broadcast(FLOATS, -Exp.FLOAT_LN2_LOW);
        FloatVector c6 = FloatVector.broadcast(FLOATS, Exp.FLOAT_C6);
        FloatVector c5 = FloatVector.broadcast(FLOATS, Exp.FLOAT_C5);
        FloatVector c4 = FloatVector.broadcast(FLOATS, Exp.FLOAT_C4);
        FloatVector c3 = FloatVector.broadcast(FLOATS, Exp.FLOAT_C3);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0.5f);
        FloatVector least = FloatVector.broadcast(FLOATS, Exp.FLOAT_LEAST);
        FloatVector zero = FloatVector.zero(FLOATS);
        IntVector bitsOfOne = IntVector.broadcast(INTS, Exp.FLOAT_ONE);
        FloatVector largest0 = FloatVector.broadcast(FLOATS, largest[0]);
        FloatVector sum0 = FloatVector.fromArray(FLOATS, sums[0], 0);
        FloatVector max0 = FloatVector.fromArray(FLOATS, maxima[0], 0);
        FloatVector largest1 = FloatVector.broadcast(FLOATS, largest[1]);
        FloatVector sum1 = FloatVector.fromArray(FLOATS, sums[1], 0);
        FloatVector max1 = FloatVector.fromArray(FLOATS, maxima[1], 0);
        FloatVector largest2 = FloatVector.broadcast(FLOATS, largest[2]);
        FloatVector sum2 = FloatVector.fromArray(FLOATS, sums[2], 0);
        FloatVector max2 = FloatVector.fromArray(FLOATS, maxima[2], 0);
        FloatVector largest3 = FloatVector.broadcast(FLOATS, largest[3]);
        FloatVector sum3 = FloatVector.fromArray(FLOATS, sums[3], 0);
        FloatVector max3 = FloatVector.fromArray(FLOATS, maxima[3], 0);
        for (int i = 0; i < count; i += FLOATS.length()) {
            long offset = (long) i * Float.BYTES;
            FloatVector other0 = FloatVector.fromMemorySegment(FLOATS, scores, ahead0 + offset, ORDER);
            max0 = other0.blend(max0, other0.compare(LE, max0));
            FloatVector x0 = FloatVector.fromMemorySegment(FLOATS, scores, from0 + offset, ORDER)
                    .sub(largest0);
            FloatVector shifted0 = x0.fma(log2E, round);
            FloatVector n0 = shifted0.sub(round);
            FloatVector r0 = n0.fma(ln2Low, n0.fma(ln2High, x0));
            FloatVector square0 = r0.mul(r0);
            FloatVector high0 = c6.fma(square0, c5.fma(r0, c4));
            FloatVector beyondOne0 = high0.fma(square0, c3.fma(r0, c2)).fma(square0, r0);
            FloatVector scale0 = shifted0.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(bitsOfOne)
                    .reinterpretAsFloats();
            FloatVector exp0 = beyondOne0.fma(scale0, scale0).blend(zero, x0.compare(LT, least));
            sum0 = exp0.add(sum0);

            FloatVector other1 = FloatVector.fromMemorySegment(FLOATS, scores, ahead1 + offset, ORDER);
            max1 = other1.blend(max1, other1.compare(LE, max1));
            FloatVector x1 = FloatVector.fromMemorySegment(FLOATS, scores, from1 + offset, ORDER)
                    .sub(largest1);
            FloatVector shifted1 = x1.fma(log2E, round);
            FloatVector n1 = shifted1.sub(round);
            FloatVector r1 = n1.fma(ln2Low, n1.fma(ln2High, x1));
            FloatVector square1 = r1.mul(r1);
            FloatVector high1 = c6.fma(square1, c5.fma(r1, c4));
            FloatVector beyondOne1 = high1.fma(square1, c3.fma(r1, c2)).fma(square1, r1);
            FloatVector scale1 = shifted1.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(bitsOfOne)
                    .reinterpretAsFloats();
            FloatVector exp1 = beyondOne1.fma(scale1, scale1).blend(zero, x1.compare(LT, least));
            sum1 = exp1.add(sum1);

            FloatVector other2 = FloatVector.fromMemorySegment(FLOATS, scores, ahead2 + offset, ORDER);
            max2 = other2.blend(max2, other2.compare(LE, max2));
            FloatVector x2 = FloatVector.fromMemorySegment(FLOATS, scores, from2 + offset, ORDER)
                    .sub(largest2);
            FloatVector shifted2 = x2.fma(log2E, round);
            FloatVector n2 = shifted2.sub(round);
            FloatVector r2 = n2.fma(ln2Low, n2.fma(ln2High, x2));
            FloatVector square2 = r2.mul(r2);
            FloatVector high2 = c6.fma(square2, c5.fma(r2, c4));
            FloatVector beyondOne2 = high2.fma(square2, c3.fma(r2, c2)).fma(square2, r2);
            FloatVector scale2 = shifted2.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(bitsOfOne)
                    .reinterpretAsFloats();
            FloatVector exp2 = beyondOne2.fma(scale2, scale2).blend(zero, x2.compare(LT, least));
            sum2 = exp2.add(sum2);

            FloatVector other3 = FloatVector.fromMemorySegment(FLOATS, scores, ahead3 + offset, ORDER);
            max3 = other3.blend(max3, other3.compare(LE, max3));
            FloatVector x3 = FloatVector.fromMemorySegment(FLOATS, scores, from3 + offset, ORDER)
                    .sub(largest3);
            FloatVector shifted3 = x3.fma(log2E, round);
            FloatVector n3 = shifted3.sub(round);
            FloatVector r3 = n3.fma(ln2Low, n3.fma(ln2High, x3));
            FloatVector square3 = r3.mul(r3);
            FloatVector high3 = c6.fma(square3, c5.fma(r3, c4));
            FloatVector beyondOne3 = high3.fma(square3, c3.fma(r3, c2)).fma(square3, r3);
            FloatVector scale3 = shifted3.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(bitsOfOne)
                    .reinterpretAsFloats();
            FloatVector exp3 = beyondOne3.fma(scale3, scale3).blend(zero, x3.compare(LT, least));
            sum3 = exp3.add(sum3);
        }
        sum0.intoArray(sums[0], 0);
        max0.intoArray(maxima[0], 0);
        sum1.intoArray(sums[1], 0);
        max1.intoArray(maxima[1], 0);
        sum2.intoArray(sums[2], 0);
        max2.intoArray(maxima[2], 0);
        sum3.intoArray(sums[3], 0);
        max3.intoArray(maxima[3], 0);
    }
}
