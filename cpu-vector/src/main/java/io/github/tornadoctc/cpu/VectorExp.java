package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Exp} with the arguments in the lanes of a vector.
 *
 * <p>The loops are written out, without a method from vector to vector. The compiler does not inline a method that it
 * has already compiled to much code, and a vector that is returned from a call becomes an object.
 */
final class VectorExp {
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private VectorExp() {}

    /**
     * Writes exp(score − largest) of {@code count} scores, a multiple of the vector length, and adds them up by lane.
     * Within 1 ulp of exp of the rounded difference. Beside that looks over as many scores of another row, which come from
     * memory while there is something to compute.
     *
     * @param from where the scores begin, in bytes
     * @param ahead where the others begin, in bytes
     * @param to where the exponentials begin, in bytes
     * @param maxima by lane the largest of the others so far, NaN passed over
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
        FloatVector sum = FloatVector.fromArray(FLOATS, sums, 0);
        FloatVector max = FloatVector.fromArray(FLOATS, maxima, 0);
        for (int i = 0; i < count; i += FLOATS.length()) {
            long offset = (long) i * Float.BYTES;
            FloatVector other = FloatVector.fromMemorySegment(FLOATS, scores, ahead + offset, ORDER);
            max = max.blend(other, other.compare(GT, max));
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, scores, from + offset, ORDER)
                    .sub(largest);
            FloatVector shifted = x.fma(
                    FloatVector.broadcast(FLOATS, Exp.FLOAT_LOG2_E), FloatVector.broadcast(FLOATS, Exp.FLOAT_ROUND));
            FloatVector n = shifted.sub(Exp.FLOAT_ROUND);
            FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -Exp.FLOAT_LN2_HIGH), x);
            r = n.fma(FloatVector.broadcast(FLOATS, -Exp.FLOAT_LN2_LOW), r);
            FloatVector p = FloatVector.broadcast(FLOATS, 1f / 5040).fma(r, FloatVector.broadcast(FLOATS, 1f / 720));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 1f / 120));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 1f / 24));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 1f / 6));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 0.5f));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
            FloatVector scale = shifted.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(Exp.FLOAT_ONE)
                    .reinterpretAsFloats();
            FloatVector exp = p.mul(scale).blend(0f, x.compare(LT, Exp.FLOAT_LEAST));
            exp.intoMemorySegment(out, to + offset, ORDER);
            sum = sum.add(exp);
        }
        sum.intoArray(sums, 0);
        max.intoArray(maxima, 0);
    }

    /** The same, but for the writing: nothing is checked again then at every access. */
    static void addExponentials(
            MemorySegment scores, long from, long ahead, int count, float largest, float[] sums, float[] maxima) {
        FloatVector sum = FloatVector.fromArray(FLOATS, sums, 0);
        FloatVector max = FloatVector.fromArray(FLOATS, maxima, 0);
        for (int i = 0; i < count; i += FLOATS.length()) {
            long offset = (long) i * Float.BYTES;
            FloatVector other = FloatVector.fromMemorySegment(FLOATS, scores, ahead + offset, ORDER);
            max = max.blend(other, other.compare(GT, max));
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, scores, from + offset, ORDER)
                    .sub(largest);
            FloatVector shifted = x.fma(
                    FloatVector.broadcast(FLOATS, Exp.FLOAT_LOG2_E), FloatVector.broadcast(FLOATS, Exp.FLOAT_ROUND));
            FloatVector n = shifted.sub(Exp.FLOAT_ROUND);
            FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -Exp.FLOAT_LN2_HIGH), x);
            r = n.fma(FloatVector.broadcast(FLOATS, -Exp.FLOAT_LN2_LOW), r);
            FloatVector p = FloatVector.broadcast(FLOATS, 1f / 5040).fma(r, FloatVector.broadcast(FLOATS, 1f / 720));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 1f / 120));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 1f / 24));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 1f / 6));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 0.5f));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
            p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
            FloatVector scale = shifted.reinterpretAsInts()
                    .lanewise(LSHL, Exp.FLOAT_FRACTION)
                    .add(Exp.FLOAT_ONE)
                    .reinterpretAsFloats();
            FloatVector exp = p.mul(scale).blend(0f, x.compare(LT, Exp.FLOAT_LEAST));
            sum = sum.add(exp);
        }
        sum.intoArray(sums, 0);
        max.intoArray(maxima, 0);
    }

    /**
     * Replaces values [from, to), all ≤ 709, by their exponentials, within 1 ulp; both ends are multiples of
     * {@value Target#ALIGNMENT}.
     */
    static void exponentials(double[] values, int from, int to) {
        for (int i = from; i < to; i += DOUBLES.length()) {
            DoubleVector x = DoubleVector.fromArray(DOUBLES, values, i);
            DoubleVector shifted = x.fma(
                    DoubleVector.broadcast(DOUBLES, Exp.DOUBLE_LOG2_E),
                    DoubleVector.broadcast(DOUBLES, Exp.DOUBLE_ROUND));
            DoubleVector n = shifted.sub(Exp.DOUBLE_ROUND);
            DoubleVector r = n.fma(DoubleVector.broadcast(DOUBLES, -Exp.DOUBLE_LN2_HIGH), x);
            r = n.fma(DoubleVector.broadcast(DOUBLES, -Exp.DOUBLE_LN2_LOW), r);
            DoubleVector p = DoubleVector.broadcast(DOUBLES, 1.0 / 6227020800L)
                    .fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 479001600));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 39916800));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 3628800));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 362880));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 40320));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 5040));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 720));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 120));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 24));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0 / 6));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 0.5));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0));
            p = p.fma(r, DoubleVector.broadcast(DOUBLES, 1.0));
            DoubleVector scale = shifted.reinterpretAsLongs()
                    .lanewise(LSHL, Exp.DOUBLE_FRACTION)
                    .add(Exp.DOUBLE_ONE)
                    .reinterpretAsDoubles();
            p.mul(scale).blend(0.0, x.compare(LT, Exp.DOUBLE_LEAST)).intoArray(values, i);
        }
    }
}
