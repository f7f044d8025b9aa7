package io.github.tornadoctc.cpu;

/** α and β of the frames at hand, and α of all frames of one segment. One per thread. */
final class Lattice {
    final LatticeState alpha = new LatticeState();
    final LatticeState beta = new LatticeState();

    /** α, {@code [frames of a segment][lanes]}. */
    double[] tableBlank = {};

    double[] tableLabel = {};
    /** The emission of each label, where that is not looked up quickly. */
    double[] tableEmission = {};
    /** Exponents of α, {@code [periods of a segment][lanes]}. */
    long[] tableExponent = {};

    /** At PAD + i: the factor that makes α(i) · β(i) of the current period a posterior times {@link Utterance#z}. */
    double[] pairWeight = {};
    /** Of the current frame, times {@link Utterance#z}. */
    final Posteriors posteriors = new Posteriors();

    /** Makes room for the segments of an utterance. */
    void prepare(Utterance u) {
        Target target = u.target;
        if (!u.wantsPosteriors()) {
            return;
        }
        long cells = (long) Math.min(u.time.segmentFrames, u.time.count) * target.lanes;
        tableBlank = Grow.atLeast(tableBlank, cells);
        tableLabel = Grow.atLeast(tableLabel, cells);
        tableEmission = target.looksUp ? tableEmission : Grow.atLeast(tableEmission, cells);
        tableExponent = Grow.atLeast(tableExponent, (long) u.time.mostPeriodsInSegment * target.lanes);
        pairWeight = Grow.atLeast(pairWeight, Target.PAD + target.lanes + Target.PAD);
        posteriors.prepare(u);
    }

    /** How many doubles the table has for a pair of states and a frame. */
    static int tables(Target target) {
        return target.looksUp ? 2 : 3;
    }

    /** Keeps the exponents of α, for the period of a segment. */
    void keepExponents(Target target, int period) {
        System.arraycopy(alpha.exponent, Target.PAD, tableExponent, period * target.lanes, target.lanes);
    }

    /**
     * Weighs the pairs for a period: {@code 2^(exponent of α + exponent of β − zExponent)}, held below 2^500, so that
     * times α it is finite, and 0 where β is 0. A posterior is at most 1: the weight is beyond 2^500 only where α and β
     * have both sunk far within their pair, and should that ever matter, the sum of the posteriors will show it.
     */
    void weighPairs(Utterance u, int period) {
        int at = period * u.target.lanes;
        long zExponent = (long) u.zExponent;
        for (int i = 0; i < u.target.lanes; i++) {
            long exponent = tableExponent[at + i] + beta.exponent[Target.PAD + i] - zExponent;
            pairWeight[Target.PAD + i] = Rescaling.powerOfTwo(Math.min(exponent, 500));
        }
    }

    /** Reads Z off α of the last frame: what has reached the last blank or the last label. */
    boolean readLikelihood(Utterance u) {
        int last = Target.PAD + u.target.labels;
        // the exponent of the pair before was not changed since the inflow was derived from it
        double sum = alpha.blank[last] + alpha.inflow[last] * alpha.label[last - 1];
        int exponent = Math.getExponent(sum);
        u.z = Math.scalb(sum, -exponent);
        u.zExponent = alpha.exponent[last] + exponent;
        u.reference = u.frames.logits ? 0 : u.time.reference;
        return sum >= Double.MIN_NORMAL && sum <= Double.MAX_VALUE;
    }
}
