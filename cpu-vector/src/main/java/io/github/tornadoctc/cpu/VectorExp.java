package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Exp} with the arguments in the lanes of a vector.
 *
 * <p>The loops are written out, without a method from vector to vector. The compiler does not inline a method that it
 * has already compiled to much code, and a vector that is returned from a call becomes an object.
 *
 * <p>What goes round a loop, a sum or a maximum, is an argument of what is done with it, and the new vector the one whose
 * method is called: {@code sum = exp.add(sum)}. Of what comes from the turn before, the compiler knows no class but the one
 * that it has seen there, and if that has not helped it once, it calls the method and makes objects. Constants are
 * made vectors before a loop, which leaves the compiler less to inline.
 */
final class VectorExp {
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
    private static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, DOUBLES.vectorShape());
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private VectorExp() {}

    /**
     * Writes exp(score − largest) of {@code count} scores, a multiple of the vector length, and adds them up by lane.
     * Within 1.1 ulp of exp of the rounded difference. Beside that looks over as many scores of another row, which come from
     * memory while there is something to compute.
     *
     * @param from where the scores begin, in bytes
     * @param ahead where the others begin, in bytes
     * @param to where the exponentials begin, in bytes
     * @param sums by lane the sums so far
     * @param maxima by lane the largest of the others so far, or any numbers if one of them is NaN
     */
    static void exponentials(
            MemorySegment scores,
            long from,
            long ahead,
            MemorySegment out,
            long to,
            int count,
            float largest,
            float[] sums,
            float[] maxima) {
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
        FloatVector reference = FloatVector.broadcast(FLOATS, largest);
        FloatVector sum = FloatVector.fromArray(FLOATS, sums, 0);
        FloatVector max = FloatVector.fromArray(FLOATS, maxima, 0);
        for (int i = 0; i < count; i += FLOATS.length()) {
            long offset = (long) i * Float.BYTES;
            FloatVector other = FloatVector.fromMemorySegment(FLOATS, scores, ahead + offset, ORDER);
            max = other.blend(max, other.compare(LE, max));
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, scores, from + offset, ORDER)
                    .sub(reference);
            FloatVector shifted = x.fma(log2E, round);
            FloatVector n = shifted.sub(round);
            FloatVector r = n.fma(ln2Low, n.fma(ln2High, x));
            FloatVector square = r.mul(r);
            FloatVector high = c6.fma(square, c5.fma(r, c4));
            FloatVector beyondOne = high.fma(square, c3.fma(r, c2)).fma(square, r);
            FloatVector scale = shifted.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(bitsOfOne)
                    .reinterpretAsFloats();
            FloatVector exp = beyondOne.fma(scale, scale).blend(zero, x.compare(LT, least));
            exp.intoMemorySegment(out, to + offset, ORDER);
            sum = exp.add(sum);
        }
        sum.intoArray(sums, 0);
        max.intoArray(maxima, 0);
    }

    /**
     * Replaces values [from, to), all ≤ 709, by their exponentials, within 1.1 ulp; both ends are multiples of
     * {@value Target#ALIGNMENT}.
     */
    static void exponentials(double[] values, int from, int to) {
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
        for (int i = from; i < to; i += DOUBLES.length()) {
            DoubleVector x = DoubleVector.fromArray(DOUBLES, values, i);
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
            beyondOne.fma(scale, scale).blend(zero, x.compare(LT, least)).intoArray(values, i);
        }
    }
}
