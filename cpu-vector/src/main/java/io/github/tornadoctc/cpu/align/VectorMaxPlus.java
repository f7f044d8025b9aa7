package io.github.tornadoctc.cpu.align;

import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarMaxPlus} with neighbouring pairs in the lanes of a vector; the same equations line by line. The larger of
 * two is chosen by a comparison: {@link DoubleVector#max} has to look for NaN and −0, too. A row of scores that fits two
 * vectors is held in them, and looked up in by a permutation, which takes a tenth of the time of a gather.
 */
public final class VectorMaxPlus implements MaxPlus {
    private static final int PAD = TargetPairs.PAD;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** The machine's own shape, but no more than a group of pairs. */
    private static final VectorSpecies<Double> SPECIES =
            DoubleVector.SPECIES_PREFERRED.length() > PAD ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_PREFERRED;

    private static final int LANES = SPECIES.length();

    /** As wide in bits. */
    private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SPECIES.vectorShape());

    /** As many lanes. */
    private static final VectorSpecies<Float> HALF_FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

    /** It holds nothing. */
    public VectorMaxPlus() {}

    @Override
    public boolean looksUp(int symbols) {
        return symbols <= 2 * FLOATS.length();
    }

    @Override
    public void advance(
            Delta delta, TargetPairs target, Emissions emissions, int first, int last, BackPointers back, int row) {
        double[] blanks = delta.blank;
        double[] labels = delta.label;
        float[] slots = emissions.slot;
        boolean inRow = emissions.inRow;
        FloatVector front = FloatVector.zero(FLOATS);
        FloatVector rear = front;
        if (inRow) {
            MemorySegment scores = emissions.rows.scores;
            int symbols = emissions.rows.symbols;
            int further = Math.min(FLOATS.length(), symbols - 1);
            front = FloatVector.fromMemorySegment(
                    FLOATS, scores, emissions.row, ORDER, FLOATS.indexInRange(0, symbols));
            rear = FloatVector.fromMemorySegment(
                    FLOATS,
                    scores,
                    emissions.row + (long) further * Float.BYTES,
                    ORDER,
                    FLOATS.indexInRange(further, symbols));
        }
        DoubleVector reference = DoubleVector.broadcast(SPECIES, emissions.reference);
        DoubleVector blankOnly = DoubleVector.broadcast(SPECIES, emissions.blank);
        DoubleVector wildcard = DoubleVector.broadcast(SPECIES, emissions.wildcard);
        int[] bits = back.bits;
        int at = back.at(row, last & -PAD);
        for (int group = last & -PAD; group >= (first & -PAD); group -= PAD) {
            long steps = 0;
            for (int lane = PAD - LANES; lane >= 0; lane -= LANES) {
                int p = PAD + group + lane;
                FloatVector scores = inRow
                        ? (FloatVector) FloatVector.fromArray(FLOATS, target.labelIndex, p)
                                .selectFrom(front, rear)
                                .reinterpretShape(HALF_FLOATS, 0)
                        : FloatVector.fromArray(HALF_FLOATS, slots, emissions.at, target.labelSlot, p);
                DoubleVector emission = ((DoubleVector) scores.convertShape(F2D, SPECIES, 0)).sub(reference);
                DoubleVector blank = DoubleVector.fromArray(SPECIES, blanks, p);
                DoubleVector label = DoubleVector.fromArray(SPECIES, labels, p);
                DoubleVector before = DoubleVector.fromArray(SPECIES, labels, p - 1);
                DoubleVector skipping = before.add(DoubleVector.fromArray(SPECIES, target.skip, p));
                VectorMask<Double> blankStep = before.compare(GT, blank);
                VectorMask<Double> labelStep = blank.compare(GT, label);
                DoubleVector best = label.blend(blank, labelStep);
                VectorMask<Double> labelSkip = skipping.compare(GT, best);
                DoubleVector blankEmission = blankOnly;
                if (target.hasWildcards) {
                    blankEmission = blankOnly.max(wildcard.add(DoubleVector.fromArray(SPECIES, target.wildcard, p)));
                }
                blank.blend(before, blankStep).add(blankEmission).intoArray(blanks, p);
                best.blend(skipping, labelSkip).add(emission).intoArray(labels, p);
                steps |= (blankStep.toLong() | (labelStep.toLong() << PAD) | (labelSkip.toLong() << (2 * PAD))) << lane;
            }
            bits[at--] = (int) steps;
        }
    }
}
