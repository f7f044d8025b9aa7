package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.F2D;

import io.github.tornadoctc.cpu.align.RowSums;
import io.github.tornadoctc.cpu.align.ScoreRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows for an alignment, with symbols in the lanes of a vector. Short rows are padded with what has no probability and
 * done several together, for an exponential of one vector has to wait for itself.
 */
final class VectorRowSums implements RowSums {
    private static final VectorSpecies<Float> FLOATS = Species.FLOATS;
    private static final VectorSpecies<Double> DOUBLES = Species.DOUBLES;
    private static final int LANES = FLOATS.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** Short rows that are done together. */
    private static final int ROWS = 16;

    private static final int SHORT = Target.MAX_DENSE_SYMBOLS;

    private final SoftmaxRow softmax = new SoftmaxRow();
    private final MemorySegment scratch = Arena.ofAuto().allocate((long) ROWS * SHORT * Float.BYTES, 64);
    private final float[] floats = new float[LANES];
    private final double[] lanes = new double[Target.ALIGNMENT];

    @Override
    public void read(ScoreRows rows, int from, int to) {
        for (int t = from; t < to; t++) {
            rows.largest[t] = SoftmaxRow.largest(rows.scores, rows.offset(t), rows.symbols);
        }
        if (!rows.logits) {
            for (int t = from; t < to; t++) {
                rows.sum[t] = SoftmaxRow.hasNan(rows.scores, rows.offset(t), rows.symbols) ? Double.NaN : 1;
            }
        } else if (rows.symbols <= SHORT) {
            for (int t = from; t < to; t += ROWS) {
                sumShort(rows, t, Math.min(to, t + ROWS));
            }
        } else {
            for (int t = from; t < to; t++) {
                rows.sum[t] = softmax.sum(rows.scores, rows.offset(t), rows.symbols, (float) rows.reference(t));
            }
        }
    }

    private void sumShort(ScoreRows rows, int from, int to) {
        int padded = Grow.roundUp(rows.symbols, LANES);
        for (int t = from; t < to; t++) {
            differences(rows.scores, rows.offset(t), rows.symbols, (float) rows.reference(t), (t - from) * padded);
        }
        VectorExp.exponentials(scratch, 0, scratch, 0, (to - from) * padded, 0, floats);
        for (int t = from; t < to; t++) {
            rows.sum[t] = sum((t - from) * padded, padded);
        }
    }

    private void differences(MemorySegment scores, long row, int symbols, float largest, int at) {
        FloatVector none = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        for (int v = 0; v < symbols; v += LANES) {
            VectorMask<Float> inRow = FLOATS.indexInRange(v, symbols);
            FloatVector score =
                    FloatVector.fromMemorySegment(FLOATS, scores, row + (long) v * Float.BYTES, ORDER, inRow);
            none.blend(score.sub(largest), inRow).intoMemorySegment(scratch, (at + v) * (long) Float.BYTES, ORDER);
        }
    }

    private double sum(int at, int count) {
        DoubleVector sum = DoubleVector.zero(DOUBLES);
        for (int i = at; i < at + count; i += DOUBLES.length()) {
            FloatVector part =
                    FloatVector.fromMemorySegment(Species.HALF_FLOATS, scratch, i * (long) Float.BYTES, ORDER);
            sum = sum.add(part.convertShape(F2D, DOUBLES, 0));
        }
        return Species.sum(sum, lanes);
    }

    @Override
    public void differences(ScoreRows rows, int t, double[] out) {
        long row = rows.offset(t);
        double reference = rows.reference(t);
        int whole = DOUBLES.loopBound(rows.symbols);
        for (int v = 0; v < whole; v += DOUBLES.length()) {
            DoubleVector score = (DoubleVector)
                    FloatVector.fromMemorySegment(Species.HALF_FLOATS, rows.scores, row + (long) v * Float.BYTES, ORDER)
                            .convertShape(F2D, DOUBLES, 0);
            score.sub(reference).intoArray(out, v);
        }
        for (int v = whole; v < rows.symbols; v++) {
            out[v] = rows.score(t, v) - reference;
        }
    }
}
