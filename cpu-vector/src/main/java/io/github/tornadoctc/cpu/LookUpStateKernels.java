package io.github.tornadoctc.cpu;

import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The passes of {@link VectorStateKernels}, to the same bits, for targets that {@link Target#looksUp}: the emissions of a
 * frame are held in four vectors and looked up in by permutations, which take a fraction of the time of a gather. Where the
 * blank is they have 0, since lanes without a label look there.
 *
 * <p>What neighbouring pairs have comes from the neighbouring vector, by a permutation too: read from memory it would overlap
 * what has just been written in two pieces, and wait for both.
 */
final class LookUpStateKernels {
    private static final VectorSpecies<Double> SPECIES = Species.DOUBLES;
    private static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SPECIES.vectorShape());
    private static final int LANES = SPECIES.length();
    private static final int PAD = Target.PAD;

    /** The last slot of the first two vectors. */
    private static final int FRONT = 2 * LANES - 1;

    /** Of two vectors one behind the other, the lanes from the last one of the first on. */
    private static final LongVector BEFORE =
            LongVector.broadcast(LONGS, LANES - 1).addIndex(1);

    /** Of two vectors one behind the other, the lanes from the second one of the first on. */
    private static final LongVector AFTER = LongVector.broadcast(LONGS, 1).addIndex(1);

    private static final LongVector INDEX = LongVector.zero(LONGS).addIndex(1);

    /** Scratch for sums over the lanes of a vector. */
    private final double[] blankLanes = new double[Target.ALIGNMENT];

    private final double[] labelLanes = new double[Target.ALIGNMENT];

    /** {@link StateKernels#forward} that keeps no frame: in place. */
    void forward(Lattice lattice, Target target, Frames frames, int from, int to) {
        double[] blanks = lattice.alpha.blank;
        double[] labels = lattice.alpha.label;
        double[] inflow = lattice.alpha.inflow;
        double[] skipInflow = lattice.alpha.skipInflow;
        double[] emissions = frames.emission;
        long[] slots = target.labelIndex;
        long blankSlot = target.blankSlot;
        for (int t = from; t < to; t++) {
            int emissionRow = t * target.slots;
            DoubleVector blankEmission = DoubleVector.broadcast(SPECIES, emissions[emissionRow + target.blankSlot]);
            LongVector e0 = DoubleVector.fromArray(SPECIES, emissions, emissionRow)
                    .reinterpretAsLongs()
                    .blend(0, INDEX.eq(blankSlot));
            LongVector e1 = DoubleVector.fromArray(SPECIES, emissions, emissionRow + LANES)
                    .reinterpretAsLongs()
                    .blend(0, INDEX.eq(blankSlot - LANES));
            LongVector e2 = DoubleVector.fromArray(SPECIES, emissions, emissionRow + 2 * LANES)
                    .reinterpretAsLongs()
                    .blend(0, INDEX.eq(blankSlot - 2L * LANES));
            LongVector e3 = DoubleVector.fromArray(SPECIES, emissions, emissionRow + 3 * LANES)
                    .reinterpretAsLongs()
                    .blend(0, INDEX.eq(blankSlot - 3L * LANES));
            int first = PAD + (target.firstPair(t, frames.count) & -LANES);
            int last = PAD + (target.lastPair(t) & -LANES);
            DoubleVector label = DoubleVector.fromArray(SPECIES, labels, last);
            for (int p = last; p >= first; p -= LANES) {
                LongVector slot = LongVector.fromArray(LONGS, slots, p);
                DoubleVector emission = slot.selectFrom(e0, e1)
                        .blend(slot.selectFrom(e2, e3), slot.compare(GT, FRONT))
                        .reinterpretAsDoubles();
                DoubleVector blank = DoubleVector.fromArray(SPECIES, blanks, p);
                DoubleVector lower = DoubleVector.fromArray(SPECIES, labels, p - LANES);
                DoubleVector before = BEFORE.selectFrom(lower.reinterpretAsLongs(), label.reinterpretAsLongs())
                        .reinterpretAsDoubles();
                DoubleVector newBlank = DoubleVector.fromArray(SPECIES, inflow, p)
                        .fma(before, blank)
                        .mul(blankEmission);
                DoubleVector newLabel = DoubleVector.fromArray(SPECIES, skipInflow, p)
                        .fma(before, blank.add(label))
                        .mul(emission);
                newBlank.intoArray(blanks, p);
                newLabel.intoArray(labels, p);
                label = lower;
            }
        }
    }

    /**
     * {@link StateKernels#forward} that keeps all frames: each comes of the one before in the table, which spares a second
     * copy of it. All have the pairs of the whole period; what too many there are is 0 or leads nowhere.
     */
    void forwardKept(Lattice lattice, Target target, Frames frames, int from, int to, int row) {
        LatticeState alpha = lattice.alpha;
        // the first frame still has something from the pair before its first one, if its frame before is not of this
        // period
        forward(lattice, target, frames, from, from + 1);
        int first = target.firstPair(from, frames.count) & -LANES;
        int end = Grow.roundUp(target.lastPair(to - 1) + 1, LANES);
        int table = row * target.lanes + first;
        System.arraycopy(alpha.blank, PAD + first, lattice.tableBlank, table, end - first);
        System.arraycopy(alpha.label, PAD + first, lattice.tableLabel, table, end - first);
        advanceInTable(lattice, target, frames, from + 1, to, row, first, end);
        table += (to - 1 - from) * target.lanes;
        System.arraycopy(lattice.tableBlank, table, alpha.blank, PAD + first, end - first);
        System.arraycopy(lattice.tableLabel, table, alpha.label, PAD + first, end - first);
    }

    /** Frames [from, to) of pairs [first, end), from what {@code row} has of the frame before them. */
    private static void advanceInTable(
            Lattice lattice, Target target, Frames frames, int from, int to, int row, int first, int end) {
        double[] blanks = lattice.tableBlank;
        double[] labels = lattice.tableLabel;
        double[] inflow = lattice.alpha.inflow;
        double[] skipInflow = lattice.alpha.skipInflow;
        double[] emissions = frames.emission;
        long[] slots = target.labelIndex;
        long blankSlot = target.blankSlot;
        int lanes = target.lanes;
        for (int t = from; t < to; t++) {
            int emissionRow = t * target.slots;
            int in = (row + t - from) * lanes;
            int out = in + lanes;
            DoubleVector blankEmission = DoubleVector.broadcast(SPECIES, emissions[emissionRow + target.blankSlot]);
            LongVector e0 = DoubleVector.fromArray(SPECIES, emissions, emissionRow)
                    .reinterpretAsLongs()
                    .blend(0, INDEX.eq(blankSlot));
            LongVector e1 = DoubleVector.fromArray(SPECIES, emissions, emissionRow + LANES)
                    .reinterpretAsLongs()
                    .blend(0, INDEX.eq(blankSlot - LANES));
            LongVector e2 = DoubleVector.fromArray(SPECIES, emissions, emissionRow + 2 * LANES)
                    .reinterpretAsLongs()
                    .blend(0, INDEX.eq(blankSlot - 2L * LANES));
            LongVector e3 = DoubleVector.fromArray(SPECIES, emissions, emissionRow + 3 * LANES)
                    .reinterpretAsLongs()
                    .blend(0, INDEX.eq(blankSlot - 3L * LANES));
            LongVector lower = LongVector.zero(LONGS);
            for (int i = first; i < end; i += LANES) {
                LongVector slot = LongVector.fromArray(LONGS, slots, PAD + i);
                DoubleVector emission = slot.selectFrom(e0, e1)
                        .blend(slot.selectFrom(e2, e3), slot.compare(GT, FRONT))
                        .reinterpretAsDoubles();
                DoubleVector blank = DoubleVector.fromArray(SPECIES, blanks, in + i);
                DoubleVector label = DoubleVector.fromArray(SPECIES, labels, in + i);
                LongVector bits = label.reinterpretAsLongs();
                DoubleVector before = BEFORE.selectFrom(lower, bits).reinterpretAsDoubles();
                lower = bits;
                DoubleVector.fromArray(SPECIES, inflow, PAD + i)
                        .fma(before, blank)
                        .mul(blankEmission)
                        .intoArray(blanks, out + i);
                DoubleVector.fromArray(SPECIES, skipInflow, PAD + i)
                        .fma(before, blank.add(label))
                        .mul(emission)
                        .intoArray(labels, out + i);
            }
        }
    }

    /** {@link StateKernels#backward}. */
    void backward(Lattice lattice, Target target, Frames frames, int from, int to) {
        double[] blanks = lattice.beta.blank;
        double[] labels = lattice.beta.label;
        double[] inflow = lattice.beta.inflow;
        double[] skipInflow = lattice.beta.skipInflow;
        double[] emissions = frames.emission;
        long[] slots = target.labelIndex;
        long blankSlot = target.blankSlot;
        for (int t = to - 1; t >= from; t--) {
            int emissionRow = t * target.slots;
            DoubleVector blankEmission = DoubleVector.broadcast(SPECIES, emissions[emissionRow + target.blankSlot]);
            LongVector e0 = DoubleVector.fromArray(SPECIES, emissions, emissionRow)
                    .reinterpretAsLongs()
                    .blend(0, INDEX.eq(blankSlot));
            LongVector e1 = DoubleVector.fromArray(SPECIES, emissions, emissionRow + LANES)
                    .reinterpretAsLongs()
                    .blend(0, INDEX.eq(blankSlot - LANES));
            LongVector e2 = DoubleVector.fromArray(SPECIES, emissions, emissionRow + 2 * LANES)
                    .reinterpretAsLongs()
                    .blend(0, INDEX.eq(blankSlot - 2L * LANES));
            LongVector e3 = DoubleVector.fromArray(SPECIES, emissions, emissionRow + 3 * LANES)
                    .reinterpretAsLongs()
                    .blend(0, INDEX.eq(blankSlot - 3L * LANES));
            int end = PAD + target.lastPair(t) + 1;
            int first = PAD + (target.firstPair(t, frames.count) & -LANES);
            DoubleVector blank = DoubleVector.fromArray(SPECIES, blanks, first);
            DoubleVector label = DoubleVector.fromArray(SPECIES, labels, first);
            for (int p = first; p < end; p += LANES) {
                LongVector slot = LongVector.fromArray(LONGS, slots, p);
                DoubleVector emission = slot.selectFrom(e0, e1)
                        .blend(slot.selectFrom(e2, e3), slot.compare(GT, FRONT))
                        .reinterpretAsDoubles();
                DoubleVector upperBlank = DoubleVector.fromArray(SPECIES, blanks, p + LANES);
                DoubleVector upperLabel = DoubleVector.fromArray(SPECIES, labels, p + LANES);
                DoubleVector nextBlank = AFTER.selectFrom(blank.reinterpretAsLongs(), upperBlank.reinterpretAsLongs())
                        .reinterpretAsDoubles();
                DoubleVector nextLabel = AFTER.selectFrom(label.reinterpretAsLongs(), upperLabel.reinterpretAsLongs())
                        .reinterpretAsDoubles();
                DoubleVector skipping =
                        DoubleVector.fromArray(SPECIES, skipInflow, p).fma(nextLabel, label);
                DoubleVector fromLabel =
                        DoubleVector.fromArray(SPECIES, inflow, p).fma(nextBlank, skipping);
                blank.add(label).mul(blankEmission).intoArray(blanks, p);
                emission.mul(fromLabel).intoArray(labels, p);
                blank = upperBlank;
                label = upperLabel;
            }
        }
    }

    /** {@link StateKernels#backwardWithGradient}. */
    boolean backwardWithGradient(Lattice lattice, Utterance u, RowKernels rows, int from, int to, int row) {
        Posteriors posteriors = lattice.posteriors;
        boolean whole = true;
        for (int t = to - 1; t >= from; t--) {
            int last = u.target.lastPair(t);
            int first = u.target.firstPair(t, u.frames.count) & -LANES;
            occupy(
                    lattice,
                    u.target,
                    u.frames,
                    t,
                    (row + t - from) * u.target.lanes - PAD,
                    PAD + first,
                    PAD + last + 1);
            double blankSum = Lanes.sum(blankLanes);
            double sum = blankSum + Lanes.sum(labelLanes);
            whole &= Tolerance.isLikelihood(sum, u.z);
            posteriors.add(u, rows, t, first, last, blankSum, sum);
        }
        posteriors.flush(u, rows);
        return whole;
    }

    /**
     * One frame of it: takes pairs [start, end) back, leaves their posteriors, and by lane the sums of these. In a method of
     * its own, the loop is compiled without a check of bounds in it.
     */
    private void occupy(Lattice lattice, Target target, Frames frames, int t, int table, int start, int end) {
        Posteriors posteriors = lattice.posteriors;
        double[] blanks = lattice.beta.blank;
        double[] labels = lattice.beta.label;
        double[] inflow = lattice.beta.inflow;
        double[] skipInflow = lattice.beta.skipInflow;
        double[] weights = lattice.pairWeight;
        double[] emissions = frames.emission;
        double[] tableBlank = lattice.tableBlank;
        double[] tableLabel = lattice.tableLabel;
        double[] blankOccupation = posteriors.blank;
        double[] labelOccupation = posteriors.label;
        long[] slots = target.labelIndex;
        long blankSlot = target.blankSlot;
        boolean byState = posteriors.byState;
        int out = posteriors.row() - PAD;
        int emissionRow = t * target.slots;
        DoubleVector blankEmission = DoubleVector.broadcast(SPECIES, emissions[emissionRow + target.blankSlot]);
        LongVector e0 = DoubleVector.fromArray(SPECIES, emissions, emissionRow)
                .reinterpretAsLongs()
                .blend(0, INDEX.eq(blankSlot));
        LongVector e1 = DoubleVector.fromArray(SPECIES, emissions, emissionRow + LANES)
                .reinterpretAsLongs()
                .blend(0, INDEX.eq(blankSlot - LANES));
        LongVector e2 = DoubleVector.fromArray(SPECIES, emissions, emissionRow + 2 * LANES)
                .reinterpretAsLongs()
                .blend(0, INDEX.eq(blankSlot - 2L * LANES));
        LongVector e3 = DoubleVector.fromArray(SPECIES, emissions, emissionRow + 3 * LANES)
                .reinterpretAsLongs()
                .blend(0, INDEX.eq(blankSlot - 3L * LANES));
        DoubleVector blankSums = DoubleVector.zero(SPECIES);
        DoubleVector labelSums = DoubleVector.zero(SPECIES);
        DoubleVector blank = DoubleVector.fromArray(SPECIES, blanks, start);
        DoubleVector label = DoubleVector.fromArray(SPECIES, labels, start);
        for (int p = start; p < end; p += LANES) {
            LongVector slot = LongVector.fromArray(LONGS, slots, p);
            DoubleVector emission = slot.selectFrom(e0, e1)
                    .blend(slot.selectFrom(e2, e3), slot.compare(GT, FRONT))
                    .reinterpretAsDoubles();
            DoubleVector upperBlank = DoubleVector.fromArray(SPECIES, blanks, p + LANES);
            DoubleVector upperLabel = DoubleVector.fromArray(SPECIES, labels, p + LANES);
            DoubleVector nextBlank = AFTER.selectFrom(blank.reinterpretAsLongs(), upperBlank.reinterpretAsLongs())
                    .reinterpretAsDoubles();
            DoubleVector nextLabel = AFTER.selectFrom(label.reinterpretAsLongs(), upperLabel.reinterpretAsLongs())
                    .reinterpretAsDoubles();
            DoubleVector skipping =
                    DoubleVector.fromArray(SPECIES, skipInflow, p).fma(nextLabel, label);
            DoubleVector fromLabel = DoubleVector.fromArray(SPECIES, inflow, p).fma(nextBlank, skipping);
            DoubleVector fromBlank = blank.add(label);
            DoubleVector weight = DoubleVector.fromArray(SPECIES, weights, p);
            DoubleVector blankOccupied = DoubleVector.fromArray(SPECIES, tableBlank, table + p)
                    .mul(weight)
                    .mul(fromBlank);
            DoubleVector labelOccupied = DoubleVector.fromArray(SPECIES, tableLabel, table + p)
                    .mul(weight)
                    .mul(fromLabel);
            labelOccupied.intoArray(labelOccupation, out + p);
            if (byState) {
                blankOccupied.intoArray(blankOccupation, out + p);
            }
            blankSums = blankOccupied.add(blankSums);
            labelSums = labelOccupied.add(labelSums);
            fromBlank.mul(blankEmission).intoArray(blanks, p);
            emission.mul(fromLabel).intoArray(labels, p);
            blank = upperBlank;
            label = upperLabel;
        }
        blankSums.intoArray(blankLanes, 0);
        labelSums.intoArray(labelLanes, 0);
    }
}
