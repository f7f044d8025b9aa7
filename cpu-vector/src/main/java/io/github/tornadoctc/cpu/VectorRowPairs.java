package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorExp} of two rows side by side, each to the same bits. Rows of an utterance lie apart in a time-major batch, and
 * at the beginning of each a processor has to find out anew that memory is read one line after the other, which takes it some
 * misses. Of two rows it does so at the same time.
 *
 * <p>More rows are faster still, but more than the compiler inlines: depending on what else it has compiled, it then leaves
 * out a method of the Vector API somewhere, and makes objects of vectors.
 */
final class VectorRowPairs {
    static final int ROWS = 2;

    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private VectorRowPairs() {}

    /**
     * {@link VectorExp#exponentials} of two rows, whose exponentials go to where in {@code out} the scores are in theirs.
     *
     * @param from where the scores of the first begin, in bytes
     * @param ahead where the others begin, of the first of two rows
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
        float largest0 = largest[0];
        long from1 = from + stride;
        long ahead1 = ahead + stride;
        float largest1 = largest[1];
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
        for (int i = 0; i < count; i += FLOATS.length()) {
            long offset = (long) i * Float.BYTES;
            FloatVector other0 = FloatVector.fromMemorySegment(FLOATS, scores, ahead0 + offset, ORDER);
            max0 = max0.blend(other0, other0.compare(GT, max0));
            FloatVector x0 = FloatVector.fromMemorySegment(FLOATS, scores, from0 + offset, ORDER)
                    .sub(largest0);
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
                    .sub(largest1);
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
        }
        sum0.intoArray(sums[0], 0);
        max0.intoArray(maxima[0], 0);
        sum1.intoArray(sums[1], 0);
        max1.intoArray(maxima[1], 0);
    }

    /** {@link VectorExp#addExponentials} of two rows, with parameters as there are above. */
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
        float largest0 = largest[0];
        long from1 = from + stride;
        long ahead1 = ahead + stride;
        float largest1 = largest[1];
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
        for (int i = 0; i < count; i += FLOATS.length()) {
            long offset = (long) i * Float.BYTES;
            FloatVector other0 = FloatVector.fromMemorySegment(FLOATS, scores, ahead0 + offset, ORDER);
            max0 = max0.blend(other0, other0.compare(GT, max0));
            FloatVector x0 = FloatVector.fromMemorySegment(FLOATS, scores, from0 + offset, ORDER)
                    .sub(largest0);
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
                    .sub(largest1);
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
        }
        sum0.intoArray(sums[0], 0);
        max0.intoArray(maxima[0], 0);
        sum1.intoArray(sums[1], 0);
        max1.intoArray(maxima[1], 0);
    }
}
