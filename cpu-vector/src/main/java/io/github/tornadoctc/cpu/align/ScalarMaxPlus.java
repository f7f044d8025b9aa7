package io.github.tornadoctc.cpu.align;

/** {@link MaxPlus} one pair at a time, for a JVM without the Vector API. */
public final class ScalarMaxPlus implements MaxPlus {
    private static final int PAD = TargetPairs.PAD;

    /** It holds nothing. */
    public ScalarMaxPlus() {}

    @Override
    public boolean looksUp(int symbols) {
        return false;
    }

    @Override
    public void advance(
            Delta delta, TargetPairs target, Emissions emissions, int first, int last, BackPointers back, int row) {
        for (int group = last & -PAD; group >= (first & -PAD); group -= PAD) {
            back.bits[back.at(row, group)] = group(delta, target, emissions, group);
        }
    }

    /** Eight pairs, the last one first, since each reads the label before it; the bits of {@link BackPointers#at}. */
    private static int group(Delta delta, TargetPairs target, Emissions emissions, int group) {
        int steps = 0;
        for (int lane = PAD - 1; lane >= 0; lane--) {
            int p = PAD + group + lane;
            double blank = delta.blank[p];
            double label = delta.label[p];
            double before = delta.label[p - 1];
            double skipping = before + target.skip[p];
            boolean blankStep = before > blank;
            boolean labelStep = blank > label;
            double best = labelStep ? blank : label;
            boolean labelSkip = skipping > best;
            double blankEmission = Math.max(emissions.blank, emissions.wildcard + target.wildcard[p]);
            delta.blank[p] = (blankStep ? before : blank) + blankEmission;
            double emission = emissions.slot[emissions.at + target.labelSlot[p]] - emissions.reference;
            delta.label[p] = (labelSkip ? skipping : best) + emission;
            steps |= (blankStep ? 1 << lane : 0)
                    | (labelStep ? 1 << (lane + PAD) : 0)
                    | (labelSkip ? 1 << (lane + 2 * PAD) : 0);
        }
        return steps;
    }
}
