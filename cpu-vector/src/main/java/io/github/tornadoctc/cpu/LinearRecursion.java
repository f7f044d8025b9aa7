package io.github.tornadoctc.cpu;

/**
 * Forward-backward in the linear domain, with an exponent for each pair of states that changes between periods of frames
 * only. The recursion for scores such as networks have them: what does not keep within the budgets of {@link Rescaling}
 * is refused, and goes to {@link ExtendedRecursion}.
 */
final class LinearRecursion extends SegmentedRecursion {
    private final StateKernels states;
    private final RowKernels rows;
    private final Lattice lattice = new Lattice();

    LinearRecursion(StateKernels states, RowKernels rows) {
        this.states = states;
        this.rows = rows;
    }

    @Override
    void prepare(Utterance u) {
        lattice.prepare(u);
    }

    @Override
    void prepare(Utterance u, Checkpoints checkpoints) {
        checkpoints.prepare(u.target, u.time.segments);
    }

    @Override
    void startAlpha(Utterance u) {
        lattice.alpha.start(u, 0);
    }

    @Override
    void startBeta(Utterance u) {
        lattice.beta.start(u, u.target.labels);
    }

    @Override
    boolean readLikelihood(Utterance u) {
        return lattice.readLikelihood(u);
    }

    @Override
    void saveAlpha(Utterance u, int segment) {
        u.alphaAt.save(u.target, segment, lattice.alpha);
    }

    @Override
    void loadAlpha(Utterance u, int segment) {
        u.alphaAt.load(u.target, segment, lattice.alpha);
    }

    @Override
    void saveBeta(Utterance u, int segment) {
        u.betaAt.save(u.target, segment, lattice.beta);
    }

    @Override
    void loadBeta(Utterance u, int segment) {
        lattice.beta.start(u, 0);
        u.betaAt.load(u.target, segment, lattice.beta);
    }

    @Override
    boolean forward(Utterance u, int segment, boolean keep) {
        int firstPeriod = u.time.segmentPeriod[segment];
        for (int period = firstPeriod; period < u.time.segmentPeriod[segment + 1]; period++) {
            int from = u.time.periodStart[period];
            int to = u.time.periodStart[period + 1];
            int first = Math.max(0, u.target.firstPair(from, u.time.count) - 1);
            // one pair more than is reached: the inflow of the last blank is read after the last frame
            if (!rescale(lattice.alpha, u.target.skipIn, first, u.target.lastPair(to), 1)) {
                return false;
            }
            if (keep) {
                lattice.keepExponents(u.target, period - firstPeriod);
            }
            int row = keep ? from - u.time.segmentStart(segment) : -1;
            states.forward(lattice, u.target, u.frames, from, to, row);
        }
        return true;
    }

    @Override
    boolean backward(Utterance u, int segment, boolean gradient) {
        int firstPeriod = u.time.segmentPeriod[segment];
        for (int period = u.time.segmentPeriod[segment + 1] - 1; period >= firstPeriod; period--) {
            int from = u.time.periodStart[period];
            int to = u.time.periodStart[period + 1];
            int first = u.target.firstPair(from, u.time.count);
            if (!rescale(lattice.beta, u.target.skipOut, first, u.target.lastPair(to), -1)) {
                return false;
            }
            if (gradient) {
                lattice.weighPairs(u, period - firstPeriod);
                int row = from - u.time.segmentStart(segment);
                if (!states.backwardWithGradient(lattice, u, rows, from, to, row)) {
                    return false;
                }
            } else {
                states.backward(lattice, u.target, u.frames, from, to);
            }
        }
        return true;
    }

    private boolean rescale(LatticeState state, double[] skip, int firstPair, int lastPair, int step) {
        int first = Target.PAD + (firstPair & -Target.ALIGNMENT);
        int last = Target.PAD + (lastPair | (Target.ALIGNMENT - 1));
        return states.rescale(state, skip, first, last, step);
    }
}
