package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorExp} of four rows side by side, each to the same bits. Rows of an utterance lie apart in a time-major batch, and
 * at the beginning of each a processor has to find out anew that memory is read one line after the other, which takes it some
 * misses. Of four rows at once it does so at the same time, and reads and writes four pages while it computes.
 */
final class VectorFourRows {
    static final int ROWS = 4;

    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
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
        long from1 = from + 1 * stride;
        long from2 = from + 2 * stride;
        long from3 = from + 3 * stride;
        long ahead0 = ahead;
        long ahead1 = ahead + 1 * stride;
        long ahead2 = ahead + 2 * stride;
        long ahead3 = ahead + 3 * stride;
        FloatVector log2E = FloatVector.broadcast(FLOATS, Exp.FLOAT_LOG2_E);
        FloatVector round = FloatVector.broadcast(FLOATS, Exp.FLOAT_ROUND);
        FloatVector ln2High = FloatVector.broadcast(FLOATS, -Exp.FLOAT_LN2_HIGH);
        FloatVector ln2Low = FloatVector.broadcast(FLOATS, -Exp.FLOAT_LN2_LOW);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 1f / 5040);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 1f / 720);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1f / 120);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1f / 24);
        FloatVector c3 = FloatVector.broadcast(FLOATS, 1f / 6);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0.5f);
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        FloatVector sum0 = FloatVector.fromArray(FLOATS, sums[0], 0);
        FloatVector max0 = FloatVector.fromArray(FLOATS, maxima[0], 0);
        FloatVector sum1 = FloatVector.fromArray(FLOATS, sums[1], 0);
        FloatVector max1 = FloatVector.fromArray(FLOATS, maxima[1], 0);
        FloatVector sum2 = FloatVector.fromArray(FLOATS, sums[2], 0);
        FloatVector max2 = FloatVector.fromArray(FLOATS, maxima[2], 0);
        FloatVector sum3 = FloatVector.fromArray(FLOATS, sums[3], 0);
        FloatVector max3 = FloatVector.fromArray(FLOATS, maxima[3], 0);
        for (int i = 0; i < count; i += FLOATS.length()) {
            long offset = (long) i * Float.BYTES;
            FloatVector other0 = FloatVector.fromMemorySegment(FLOATS, scores, ahead0 + offset, ORDER);
            max0 = max0.blend(other0, other0.compare(GT, max0));
            FloatVector x0 = FloatVector.fromMemorySegment(FLOATS, scores, from0 + offset, ORDER)
                    .sub(largest[0]);
            FloatVector shifted0 = x0.fma(log2E, round);
            FloatVector n0 = shifted0.sub(round);
            FloatVector r0 = n0.fma(ln2Low, n0.fma(ln2High, x0));
            FloatVector p0 = c7.fma(r0, c6)
                    .fma(r0, c5)
                    .fma(r0, c4)
                    .fma(r0, c3)
                    .fma(r0, c2)
                    .fma(r0, one)
                    .fma(r0, one);
            FloatVector scale0 = shifted0.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(Exp.FLOAT_ONE)
                    .reinterpretAsFloats();
            FloatVector exp0 = p0.mul(scale0).blend(0f, x0.compare(LT, Exp.FLOAT_LEAST));
            exp0.intoMemorySegment(out, from0 + offset, ORDER);
            sum0 = sum0.add(exp0);

            FloatVector other1 = FloatVector.fromMemorySegment(FLOATS, scores, ahead1 + offset, ORDER);
            max1 = max1.blend(other1, other1.compare(GT, max1));
            FloatVector x1 = FloatVector.fromMemorySegment(FLOATS, scores, from1 + offset, ORDER)
                    .sub(largest[1]);
            FloatVector shifted1 = x1.fma(log2E, round);
            FloatVector n1 = shifted1.sub(round);
            FloatVector r1 = n1.fma(ln2Low, n1.fma(ln2High, x1));
            FloatVector p1 = c7.fma(r1, c6)
                    .fma(r1, c5)
                    .fma(r1, c4)
                    .fma(r1, c3)
                    .fma(r1, c2)
                    .fma(r1, one)
                    .fma(r1, one);
            FloatVector scale1 = shifted1.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(Exp.FLOAT_ONE)
                    .reinterpretAsFloats();
            FloatVector exp1 = p1.mul(scale1).blend(0f, x1.compare(LT, Exp.FLOAT_LEAST));
            exp1.intoMemorySegment(out, from1 + offset, ORDER);
            sum1 = sum1.add(exp1);

            FloatVector other2 = FloatVector.fromMemorySegment(FLOATS, scores, ahead2 + offset, ORDER);
            max2 = max2.blend(other2, other2.compare(GT, max2));
            FloatVector x2 = FloatVector.fromMemorySegment(FLOATS, scores, from2 + offset, ORDER)
                    .sub(largest[2]);
            FloatVector shifted2 = x2.fma(log2E, round);
            FloatVector n2 = shifted2.sub(round);
            FloatVector r2 = n2.fma(ln2Low, n2.fma(ln2High, x2));
            FloatVector p2 = c7.fma(r2, c6)
                    .fma(r2, c5)
                    .fma(r2, c4)
                    .fma(r2, c3)
                    .fma(r2, c2)
                    .fma(r2, one)
                    .fma(r2, one);
            FloatVector scale2 = shifted2.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(Exp.FLOAT_ONE)
                    .reinterpretAsFloats();
            FloatVector exp2 = p2.mul(scale2).blend(0f, x2.compare(LT, Exp.FLOAT_LEAST));
            exp2.intoMemorySegment(out, from2 + offset, ORDER);
            sum2 = sum2.add(exp2);

            FloatVector other3 = FloatVector.fromMemorySegment(FLOATS, scores, ahead3 + offset, ORDER);
            max3 = max3.blend(other3, other3.compare(GT, max3));
            FloatVector x3 = FloatVector.fromMemorySegment(FLOATS, scores, from3 + offset, ORDER)
                    .sub(largest[3]);
            FloatVector shifted3 = x3.fma(log2E, round);
            FloatVector n3 = shifted3.sub(round);
            FloatVector r3 = n3.fma(ln2Low, n3.fma(ln2High, x3));
            FloatVector p3 = c7.fma(r3, c6)
                    .fma(r3, c5)
                    .fma(r3, c4)
                    .fma(r3, c3)
                    .fma(r3, c2)
                    .fma(r3, one)
                    .fma(r3, one);
            FloatVector scale3 = shifted3.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(Exp.FLOAT_ONE)
                    .reinterpretAsFloats();
            FloatVector exp3 = p3.mul(scale3).blend(0f, x3.compare(LT, Exp.FLOAT_LEAST));
            exp3.intoMemorySegment(out, from3 + offset, ORDER);
            sum3 = sum3.add(exp3);
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

    /** {@link VectorExp#addExponentials} of four rows, with parameters as there are above. */
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
        long from1 = from + 1 * stride;
        long from2 = from + 2 * stride;
        long from3 = from + 3 * stride;
        long ahead0 = ahead;
        long ahead1 = ahead + 1 * stride;
        long ahead2 = ahead + 2 * stride;
        long ahead3 = ahead + 3 * stride;
        FloatVector log2E = FloatVector.broadcast(FLOATS, Exp.FLOAT_LOG2_E);
        FloatVector round = FloatVector.broadcast(FLOATS, Exp.FLOAT_ROUND);
        FloatVector ln2High = FloatVector.broadcast(FLOATS, -Exp.FLOAT_LN2_HIGH);
        FloatVector ln2Low = FloatVector.broadcast(FLOATS, -Exp.FLOAT_LN2_LOW);
        FloatVector c7 = FloatVector.broadcast(FLOATS, 1f / 5040);
        FloatVector c6 = FloatVector.broadcast(FLOATS, 1f / 720);
        FloatVector c5 = FloatVector.broadcast(FLOATS, 1f / 120);
        FloatVector c4 = FloatVector.broadcast(FLOATS, 1f / 24);
        FloatVector c3 = FloatVector.broadcast(FLOATS, 1f / 6);
        FloatVector c2 = FloatVector.broadcast(FLOATS, 0.5f);
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        FloatVector sum0 = FloatVector.fromArray(FLOATS, sums[0], 0);
        FloatVector max0 = FloatVector.fromArray(FLOATS, maxima[0], 0);
        FloatVector sum1 = FloatVector.fromArray(FLOATS, sums[1], 0);
        FloatVector max1 = FloatVector.fromArray(FLOATS, maxima[1], 0);
        FloatVector sum2 = FloatVector.fromArray(FLOATS, sums[2], 0);
        FloatVector max2 = FloatVector.fromArray(FLOATS, maxima[2], 0);
        FloatVector sum3 = FloatVector.fromArray(FLOATS, sums[3], 0);
        FloatVector max3 = FloatVector.fromArray(FLOATS, maxima[3], 0);
        for (int i = 0; i < count; i += FLOATS.length()) {
            long offset = (long) i * Float.BYTES;
            FloatVector other0 = FloatVector.fromMemorySegment(FLOATS, scores, ahead0 + offset, ORDER);
            max0 = max0.blend(other0, other0.compare(GT, max0));
            FloatVector x0 = FloatVector.fromMemorySegment(FLOATS, scores, from0 + offset, ORDER)
                    .sub(largest[0]);
            FloatVector shifted0 = x0.fma(log2E, round);
            FloatVector n0 = shifted0.sub(round);
            FloatVector r0 = n0.fma(ln2Low, n0.fma(ln2High, x0));
            FloatVector p0 = c7.fma(r0, c6)
                    .fma(r0, c5)
                    .fma(r0, c4)
                    .fma(r0, c3)
                    .fma(r0, c2)
                    .fma(r0, one)
                    .fma(r0, one);
            FloatVector scale0 = shifted0.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(Exp.FLOAT_ONE)
                    .reinterpretAsFloats();
            FloatVector exp0 = p0.mul(scale0).blend(0f, x0.compare(LT, Exp.FLOAT_LEAST));
            sum0 = sum0.add(exp0);

            FloatVector other1 = FloatVector.fromMemorySegment(FLOATS, scores, ahead1 + offset, ORDER);
            max1 = max1.blend(other1, other1.compare(GT, max1));
            FloatVector x1 = FloatVector.fromMemorySegment(FLOATS, scores, from1 + offset, ORDER)
                    .sub(largest[1]);
            FloatVector shifted1 = x1.fma(log2E, round);
            FloatVector n1 = shifted1.sub(round);
            FloatVector r1 = n1.fma(ln2Low, n1.fma(ln2High, x1));
            FloatVector p1 = c7.fma(r1, c6)
                    .fma(r1, c5)
                    .fma(r1, c4)
                    .fma(r1, c3)
                    .fma(r1, c2)
                    .fma(r1, one)
                    .fma(r1, one);
            FloatVector scale1 = shifted1.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(Exp.FLOAT_ONE)
                    .reinterpretAsFloats();
            FloatVector exp1 = p1.mul(scale1).blend(0f, x1.compare(LT, Exp.FLOAT_LEAST));
            sum1 = sum1.add(exp1);

            FloatVector other2 = FloatVector.fromMemorySegment(FLOATS, scores, ahead2 + offset, ORDER);
            max2 = max2.blend(other2, other2.compare(GT, max2));
            FloatVector x2 = FloatVector.fromMemorySegment(FLOATS, scores, from2 + offset, ORDER)
                    .sub(largest[2]);
            FloatVector shifted2 = x2.fma(log2E, round);
            FloatVector n2 = shifted2.sub(round);
            FloatVector r2 = n2.fma(ln2Low, n2.fma(ln2High, x2));
            FloatVector p2 = c7.fma(r2, c6)
                    .fma(r2, c5)
                    .fma(r2, c4)
                    .fma(r2, c3)
                    .fma(r2, c2)
                    .fma(r2, one)
                    .fma(r2, one);
            FloatVector scale2 = shifted2.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(Exp.FLOAT_ONE)
                    .reinterpretAsFloats();
            FloatVector exp2 = p2.mul(scale2).blend(0f, x2.compare(LT, Exp.FLOAT_LEAST));
            sum2 = sum2.add(exp2);

            FloatVector other3 = FloatVector.fromMemorySegment(FLOATS, scores, ahead3 + offset, ORDER);
            max3 = max3.blend(other3, other3.compare(GT, max3));
            FloatVector x3 = FloatVector.fromMemorySegment(FLOATS, scores, from3 + offset, ORDER)
                    .sub(largest[3]);
            FloatVector shifted3 = x3.fma(log2E, round);
            FloatVector n3 = shifted3.sub(round);
            FloatVector r3 = n3.fma(ln2Low, n3.fma(ln2High, x3));
            FloatVector p3 = c7.fma(r3, c6)
                    .fma(r3, c5)
                    .fma(r3, c4)
                    .fma(r3, c3)
                    .fma(r3, c2)
                    .fma(r3, one)
                    .fma(r3, one);
            FloatVector scale3 = shifted3.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(Exp.FLOAT_ONE)
                    .reinterpretAsFloats();
            FloatVector exp3 = p3.mul(scale3).blend(0f, x3.compare(LT, Exp.FLOAT_LEAST));
            sum3 = sum3.add(exp3);
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
