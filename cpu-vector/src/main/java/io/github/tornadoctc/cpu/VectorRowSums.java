package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.github.tornadoctc.cpu.align.RowSums;
import io.github.tornadoctc.cpu.align.ScoreRows;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Rows for an alignment, with symbols in the lanes of a vector. */
final class VectorRowSums implements RowSums {
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
    private static final int LANES = FLOATS.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** Short rows that are done together: what one has to wait for in its reductions, another has not. */
    private static final int ROWS = 16;

    private static final int SHORT = Target.MAX_DENSE_SYMBOLS;

    private final SoftmaxRow one = new SoftmaxRow();
    private final SoftmaxRows together = new SoftmaxRows();
    private final double[] lanes = new double[ROWS * Target.ALIGNMENT];

    @Override
    public void read(ScoreRows rows, int from, int to) {
        if (rows.symbols <= SHORT) {
            for (int t = from; t < to; t += ROWS) {
                readShort(rows, t, Math.min(to, t + ROWS));
            }
        } else {
            readLong(rows, from, to);
        }
        if (rows.logits) {
            VectorLog.logarithms(rows.logSum, from, to);
        } else {
            for (int t = from; t < to; t++) {
                boolean hasNan = SoftmaxRow.hasNan(rows.scores, rows.offset(t), rows.symbols);
                rows.logSum[t] = hasNan ? Double.NaN : 0;
            }
        }
    }

    /** Largest scores are found of the rows ahead, be they in this part or the next, but for those of the first rows. */
    private void readLong(ScoreRows rows, int from, int to) {
        if (!rows.logits) {
            findLargest(rows, from, to);
            return;
        }
        findLargest(rows, Math.max(from, rows.largestKnown), Math.min(from + SoftmaxRows.ROWS, rows.count()));
        int t = from;
        for (; t + SoftmaxRows.ROWS <= to; t += SoftmaxRows.ROWS) {
            sumSeveral(rows, t, Math.min(t + SoftmaxRows.ROWS, rows.count() - SoftmaxRows.ROWS));
        }
        for (; t < to; t++) {
            sumOne(rows, t, Math.min(t + SoftmaxRows.ROWS, rows.count() - 1));
        }
    }

    private static void findLargest(ScoreRows rows, int from, int to) {
        for (int t = from; t < to; t++) {
            rows.largest[t] = SoftmaxRow.largest(rows.scores, rows.offset(t), rows.symbols);
        }
        rows.largestKnown = Math.max(rows.largestKnown, to);
    }

    /** Of several rows from t on; the largest scores of those from {@code next} on are found beside that. */
    private void sumSeveral(ScoreRows rows, int t, int next) {
        for (int k = 0; k < SoftmaxRows.ROWS; k++) {
            together.largest[k] = (float) rows.reference(t + k);
        }
        together.sum(rows.scores, rows.offset(t), rows.offset(next), rows.stride(), rows.symbols);
        for (int k = 0; k < SoftmaxRows.ROWS; k++) {
            rows.largest[next + k] = together.largestAhead(k);
            rows.logSum[t + k] = together.sum[k];
        }
        rows.largestKnown = next + SoftmaxRows.ROWS;
    }

    /** Of row t; the largest score of row {@code next} is found beside that. */
    private void sumOne(ScoreRows rows, int t, int next) {
        float reference = (float) rows.reference(t);
        rows.logSum[t] = one.sum(rows.scores, rows.offset(t), rows.offset(next), rows.symbols, reference);
        rows.largest[next] = one.largestAhead();
        rows.largestKnown = next + 1;
    }

    private void readShort(ScoreRows rows, int from, int to) {
        for (int t = from; t < to; t++) {
            rows.largest[t] = largest(rows, t);
        }
        if (rows.logits) {
            addUp(rows, from, to);
            for (int t = from; t < to; t++) {
                rows.logSum[t] = Lanes.sum(lanes, (t - from) * Target.ALIGNMENT);
            }
        }
    }

    /** By comparing ints, which takes one instruction: all bits but the sign are flipped where that is set. */
    private static float largest(ScoreRows rows, int t) {
        long row = rows.offset(t);
        IntVector largest = IntVector.broadcast(INTS, Integer.MIN_VALUE);
        for (int v = 0; v < rows.symbols; v += LANES) {
            VectorMask<Float> inRow = FLOATS.indexInRange(v, rows.symbols);
            IntVector bits = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY)
                    .blend(
                            FloatVector.fromMemorySegment(
                                    FLOATS, rows.scores, row + (long) v * Float.BYTES, ORDER, inRow),
                            inRow)
                    .reinterpretAsInts();
            largest = bits.lanewise(XOR, bits.lanewise(ASHR, Integer.SIZE - 1).and(Integer.MAX_VALUE))
                    .max(largest);
        }
        int bits = largest.reduceLanes(MAX);
        return Float.intBitsToFloat(bits ^ ((bits >> (Integer.SIZE - 1)) & Integer.MAX_VALUE));
    }

    /** Writes Σ exp(score − largest) of each row, each as {@link VectorExp} has it, to the lanes of a vector. */
    private void addUp(ScoreRows rows, int from, int to) {
        FloatVector masked = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
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
        for (int t = from; t < to; t++) {
            long row = rows.offset(t);
            FloatVector reference = FloatVector.broadcast(FLOATS, (float) rows.reference(t));
            DoubleVector sum = DoubleVector.zero(DOUBLES);
            for (int v = 0; v < rows.symbols; v += LANES) {
                VectorMask<Float> inRow = FLOATS.indexInRange(v, rows.symbols);
                FloatVector x = masked.blend(
                        FloatVector.fromMemorySegment(FLOATS, rows.scores, row + (long) v * Float.BYTES, ORDER, inRow)
                                .sub(reference),
                        inRow);
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
                sum = ((DoubleVector) exp.convertShape(F2D, DOUBLES, 0)).add(sum);
                sum = ((DoubleVector) exp.convertShape(F2D, DOUBLES, 1)).add(sum);
            }
            sum.intoArray(lanes, (t - from) * Target.ALIGNMENT);
        }
    }
}
