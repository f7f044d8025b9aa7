package io.github.tornadoctc.cpu;

/** α and β of the frames at hand in extended floats, and α of all frames of one segment. One per thread. */
final class ExtendedLattice {
    /** Arrays of the table over lanes: α's mantissas and exponents of blank and label, and the label's emission. */
    static final int TABLES = 6;

    /** Exponents, multiples of {@value ExtendedRow#STEP}, and sums of two are exact from here on. */
    private static final double LEAST_EXACT = -0x1p57;

    final ExtendedState alpha = new ExtendedState();
    final ExtendedState beta = new ExtendedState();
    final ExtendedRow row = new ExtendedRow();
    final Posteriors posteriors = new Posteriors();

    /** α and the emission of each label, {@code [frames of a segment][lanes]}. */
    double[] tableBlank = {};

    double[] tableBlankExponent = {};
    double[] tableLabel = {};
    double[] tableLabelExponent = {};
    double[] tableEmission = {};
    double[] tableEmissionExponent = {};
    /** The blank's emission, by frame of a segment. */
    double[] tableBlankEmission = {};

    double[] tableBlankEmissionExponent = {};

    /** The sum of what frames are relative to, as {@link Utterance#reference} has it. */
    double reference;
    /** The frame's posterior of the blank, which kernels leave here. */
    double blankPosterior;

    /** Makes room for the segments of an utterance. */
    void prepare(Utterance u) {
        row.prepare(u.target);
        if (!u.wantsPosteriors()) {
            return;
        }
        int frames = Math.min(u.time.segmentFrames, u.time.count);
        long cells = (long) frames * u.target.lanes;
        tableBlank = Grow.atLeast(tableBlank, cells);
        tableBlankExponent = Grow.atLeast(tableBlankExponent, cells);
        tableLabel = Grow.atLeast(tableLabel, cells);
        tableLabelExponent = Grow.atLeast(tableLabelExponent, cells);
        tableEmission = Grow.atLeast(tableEmission, cells);
        tableEmissionExponent = Grow.atLeast(tableEmissionExponent, cells);
        tableBlankEmission = Grow.atLeast(tableBlankEmission, frames);
        tableBlankEmissionExponent = Grow.atLeast(tableBlankEmissionExponent, frames);
        posteriors.prepare(u);
    }

    /** Keeps the emissions of the frame just read. */
    void keepEmissions(Target target, int frame) {
        tableBlankEmission[frame] = row.mantissa[target.blankSlot];
        tableBlankEmissionExponent[frame] = row.exponent[target.blankSlot];
        int at = frame * target.lanes;
        row.writeLabels(target, tableEmission, tableEmissionExponent, at);
    }

    /**
     * What the exponents of a frame's joint probabilities are taken relative to, that of Z; or, if that has no bits left to
     * tell one step from the next, the largest of them. Kernels are about to take β back over the frame.
     */
    double posteriorExponent(Utterance u, int first, int last, int frame) {
        if (u.zExponent >= LEAST_EXACT) {
            return u.zExponent;
        }
        double highest = ExtendedState.NOTHING;
        for (int i = first; i <= last; i++) {
            int p = Target.PAD + i;
            int cell = frame * u.target.lanes + i;
            double label = Math.max(beta.labelExponent[p], beta.blankExponent[p + 1]);
            label = Math.max(label, u.target.skipOut[p] != 0 ? beta.labelExponent[p + 1] : label);
            double blank = Math.max(beta.blankExponent[p], beta.labelExponent[p]);
            highest = Math.max(highest, Math.max(tableBlankExponent[cell] + blank, tableLabelExponent[cell] + label));
        }
        return highest;
    }

    /** Reads Z off α of the last frame: what has reached the last blank or the last label; false if nothing has. */
    boolean readLikelihood(Utterance u) {
        int last = Target.PAD + u.target.labels;
        double blankExponent = alpha.blankExponent[last];
        double labelExponent = alpha.labelExponent[last - 1];
        u.zExponent = Math.max(blankExponent, labelExponent);
        u.z = alpha.blank[last] * Rescaling.powerOfTwo((long) (blankExponent - u.zExponent))
                + alpha.label[last - 1] * Rescaling.powerOfTwo((long) (labelExponent - u.zExponent));
        u.reference = reference;
        return u.zExponent > ExtendedState.IMPOSSIBLE;
    }
}
