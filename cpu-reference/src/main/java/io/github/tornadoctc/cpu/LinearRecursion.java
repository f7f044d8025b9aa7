package io.github.tornadoctc.cpu;

/**
 * Forward-backward over one utterance in the linear domain. α goes forward over all segments, leaving a checkpoint at
 * the start of each; then β comes back, segment by segment, over α recomputed from the segment's checkpoint (but for
 * the last one, whose α is still there). Recomputing costs less than a table of T·S doubles in memory, and for a target
 * whose table fits the cache there is one segment and nothing is recomputed.
 */
final class LinearRecursion {
    private final StateKernels states;
    private final RowKernels rows;
    private final Lattice lattice;
    private final Target target;
    private final Frames frames;
    private final Timeline time;
    private final Checkpoints alphaAt;

    LinearRecursion(
            StateKernels states,
            RowKernels rows,
            Lattice lattice,
            Target target,
            Frames frames,
            Timeline time,
            Checkpoints alphaAt) {
        this.states = states;
        this.rows = rows;
        this.lattice = lattice;
        this.target = target;
        this.frames = frames;
        this.time = time;
        this.alphaAt = alphaAt;
    }

    /** Makes room for the utterance at hand. */
    void prepare() {
        if (frames.wantsGradient) {
            lattice.prepare(target, Math.min(time.segmentFrames, time.count), time.mostPeriodsInSegment);
            alphaAt.prepare(target, time.segments);
        }
    }

    /** Computes α of all frames, and from it Z; false if it does not keep within {@link Rescaling}'s budgets. */
    boolean forward() {
        lattice.alpha.start(target, 0);
        for (int segment = 0; segment < time.segments; segment++) {
            boolean keep = frames.wantsGradient && segment == time.segments - 1;
            if (frames.wantsGradient) {
                alphaAt.save(target, segment, lattice.alpha);
            }
            if (!forward(segment, keep)) {
                return false;
            }
        }
        return lattice.readLikelihood(target);
    }

    private boolean forward(int segment, boolean keep) {
        int firstPeriod = time.segmentPeriod[segment];
        for (int period = firstPeriod; period < time.segmentPeriod[segment + 1]; period++) {
            int from = time.periodStart[period];
            int to = time.periodStart[period + 1];
            int first = Math.max(0, target.firstPair(from, time.count) - 1);
            // one pair more than is reached: the inflow of the last blank is read after the last frame
            int last = target.lastPair(to);
            if (!rescale(lattice.alpha, target.skipIn, first, last, 1)) {
                return false;
            }
            if (keep) {
                lattice.keepExponents(target, period - firstPeriod);
            }
            int row = keep ? from - time.segmentStart(segment) : -1;
            states.forward(lattice, target, frames, from, to, row);
        }
        return true;
    }

    /** Z = {@link #likelihood()} · 2^{@link #likelihoodExponent()}, the emissions being relative as they are. */
    double likelihood() {
        return lattice.z;
    }

    long likelihoodExponent() {
        return lattice.zExponent;
    }

    /** Computes β and writes the gradient; false as of {@link #forward()}. */
    boolean backward() {
        lattice.beta.start(target, target.labels);
        for (int segment = time.segments - 1; segment >= 0; segment--) {
            boolean kept = segment == time.segments - 1;
            if (!backward(segment, kept)) {
                return false;
            }
        }
        return true;
    }

    private boolean backward(int segment, boolean kept) {
        if (!kept) {
            alphaAt.load(target, segment, lattice.alpha);
            if (!forward(segment, true)) {
                return false;
            }
        }
        int firstPeriod = time.segmentPeriod[segment];
        for (int period = time.segmentPeriod[segment + 1] - 1; period >= firstPeriod; period--) {
            int from = time.periodStart[period];
            int to = time.periodStart[period + 1];
            if (!rescaleBeta(from, to)) {
                return false;
            }
            lattice.weighPairs(target, period - firstPeriod);
            int row = from - time.segmentStart(segment);
            if (!states.backwardWithGradient(lattice, target, frames, rows, from, to, row)) {
                return false;
            }
        }
        return true;
    }

    private boolean rescaleBeta(int from, int to) {
        return rescale(lattice.beta, target.skipOut, target.firstPair(from, time.count), target.lastPair(to), -1);
    }

    private boolean rescale(LatticeState state, double[] skip, int firstPair, int lastPair, int step) {
        int first = Target.PAD + (firstPair & -Target.ALIGNMENT);
        int last = Target.PAD + (lastPair | (Target.ALIGNMENT - 1));
        return states.rescale(state, skip, first, last, step);
    }
}
