package io.github.tornadoctc.cpu.align;

import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarMaxPlus} with neighbouring pairs in the lanes of a vector; the same equations line by line. The larger of
 * two is chosen by a comparison: {@link DoubleVector#max} has to look for NaN and −0, too.
 */
public final class VectorMaxPlus implements MaxPlus {
    private static final int PAD = TargetPairs.PAD;

    /** The machine's own shape, but no more than a group of pairs. */
    private static final VectorSpecies<Double> SPECIES =
            DoubleVector.SPECIES_PREFERRED.length() > PAD ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_PREFERRED;

    private static final int LANES = SPECIES.length();

    /** It holds nothing. */
    public VectorMaxPlus() {}

    @Override
    public void advance(Delta delta, TargetPairs target, Emissions emissions, int first, int last) {
        double[] blanks = delta.blank;
        double[] labels = delta.label;
        double[] slots = emissions.slot;
        DoubleVector blankOnly = DoubleVector.broadcast(SPECIES, slots[target.blankSlot]);
        DoubleVector wildcard = DoubleVector.broadcast(SPECIES, emissions.wildcard);
        for (int p = PAD + (last | (PAD - 1)) + 1 - LANES; p >= PAD + (first & -PAD); p -= LANES) {
            DoubleVector blank = DoubleVector.fromArray(SPECIES, blanks, p);
            DoubleVector label = DoubleVector.fromArray(SPECIES, labels, p);
            DoubleVector before = DoubleVector.fromArray(SPECIES, labels, p - 1);
            DoubleVector skipping = before.add(DoubleVector.fromArray(SPECIES, target.skip, p));
            DoubleVector blankEmission = blankOnly;
            if (target.hasWildcards) {
                blankEmission = blankOnly.max(wildcard.add(DoubleVector.fromArray(SPECIES, target.wildcard, p)));
            }
            DoubleVector best = label.blend(blank, blank.compare(GT, label));
            blank.blend(before, before.compare(GT, blank)).add(blankEmission).intoArray(blanks, p);
            best.blend(skipping, skipping.compare(GT, best))
                    .add(DoubleVector.fromArray(SPECIES, slots, 0, target.labelSlot, p))
                    .intoArray(labels, p);
        }
    }

    @Override
    public void advance(
            Delta delta, TargetPairs target, Emissions emissions, int first, int last, BackPointers back, int row) {
        double[] blanks = delta.blank;
        double[] labels = delta.label;
        double[] slots = emissions.slot;
        DoubleVector blankOnly = DoubleVector.broadcast(SPECIES, slots[target.blankSlot]);
        DoubleVector wildcard = DoubleVector.broadcast(SPECIES, emissions.wildcard);
        int[] bits = back.bits;
        int at = back.at(row, last & -PAD);
        for (int group = last & -PAD; group >= (first & -PAD); group -= PAD) {
            long steps = 0;
            for (int lane = PAD - LANES; lane >= 0; lane -= LANES) {
                int p = PAD + group + lane;
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
                best.blend(skipping, labelSkip)
                        .add(DoubleVector.fromArray(SPECIES, slots, 0, target.labelSlot, p))
                        .intoArray(labels, p);
                steps |= (blankStep.toLong() | (labelStep.toLong() << PAD) | (labelSkip.toLong() << (2 * PAD))) << lane;
            }
            bits[at--] = (int) steps;
        }
    }
}
