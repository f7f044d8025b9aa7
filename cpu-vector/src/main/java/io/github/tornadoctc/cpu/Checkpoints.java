package io.github.tornadoctc.cpu;

/** States of the recursion at the borders of segments, {@code [segments][lanes]}. */
final class Checkpoints {
    private double[] blank = {};
    private double[] label = {};
    private long[] exponent = {};
    /** Of extended floats, where a label has an exponent of its own. */
    private double[] blankExponent = {};

    private double[] labelExponent = {};

    void prepare(Target target, int segments) {
        long cells = (long) segments * target.lanes;
        blank = Grow.atLeast(blank, cells);
        label = Grow.atLeast(label, cells);
        exponent = Grow.atLeast(exponent, cells);
    }

    void prepareExtended(Target target, int segments) {
        long cells = (long) segments * target.lanes;
        blank = Grow.atLeast(blank, cells);
        label = Grow.atLeast(label, cells);
        blankExponent = Grow.atLeast(blankExponent, cells);
        labelExponent = Grow.atLeast(labelExponent, cells);
    }

    void save(Target target, int segment, LatticeState from) {
        int at = segment * target.lanes;
        System.arraycopy(from.blank, Target.PAD, blank, at, target.lanes);
        System.arraycopy(from.label, Target.PAD, label, at, target.lanes);
        System.arraycopy(from.exponent, Target.PAD, exponent, at, target.lanes);
    }

    void load(Target target, int segment, LatticeState into) {
        int at = segment * target.lanes;
        System.arraycopy(blank, at, into.blank, Target.PAD, target.lanes);
        System.arraycopy(label, at, into.label, Target.PAD, target.lanes);
        System.arraycopy(exponent, at, into.exponent, Target.PAD, target.lanes);
    }

    void save(Target target, int segment, ExtendedState from) {
        int at = segment * target.lanes;
        System.arraycopy(from.blank, Target.PAD, blank, at, target.lanes);
        System.arraycopy(from.blankExponent, Target.PAD, blankExponent, at, target.lanes);
        System.arraycopy(from.label, Target.PAD, label, at, target.lanes);
        System.arraycopy(from.labelExponent, Target.PAD, labelExponent, at, target.lanes);
    }

    void load(Target target, int segment, ExtendedState into) {
        int at = segment * target.lanes;
        System.arraycopy(blank, at, into.blank, Target.PAD, target.lanes);
        System.arraycopy(blankExponent, at, into.blankExponent, Target.PAD, target.lanes);
        System.arraycopy(label, at, into.label, Target.PAD, target.lanes);
        System.arraycopy(labelExponent, at, into.labelExponent, Target.PAD, target.lanes);
    }
}
