package io.github.tornadoctc.cpu;

/**
 * Forward-backward over one utterance in the linear domain. α goes forward over all segments, leaving a checkpoint at
 * the start of each; then β comes back, segment by segment, over α recomputed from the segment's checkpoint (but for
 * the last one, whose α is still there). Recomputing costs less than a table of T·S doubles in memory, and for a target
 * whose table fits the cache there is one segment and nothing is recomputed.
 *
 * <p>Threads that share an utterance have a recursion each: one computes α, another β, each leaving checkpoints; then
 * segments are independent of each other.
 *
 * <p>Methods return false if the utterance does not keep within the budgets of {@link Rescaling}.
 */
final class LinearRecursion {
    private final StateKernels states;
    private final RowKernels rows;
    private final Lattice lattice = new Lattice();

    LinearRecursion(StateKernels states, RowKernels rows) {
        this.states = states;
        this.rows = rows;
    }

    /** Computes α of all frames, and Z from it. */
    boolean forward(Utterance u) {
        lattice.prepare(u);
        lattice.alpha.start(u, 0);
        boolean gradient = u.frames.wantsGradient;
        if (gradient) {
            u.alphaAt.prepare(u.target, u.time.segments);
        }
        for (int segment = 0; segment < u.time.segments; segment++) {
            if (gradient) {
                u.alphaAt.save(u.target, segment, lattice.alpha);
            }
            if (!forward(u, segment, gradient && segment == u.time.segments - 1)) {
                return false;
            }
        }
        return lattice.readLikelihood(u);
    }

    /** Computes β and writes the gradient, this recursion having computed α. */
    boolean backward(Utterance u) {
        lattice.beta.start(u, u.target.labels);
        int last = u.time.segments - 1;
        for (int segment = last; segment >= 0; segment--) {
            if (!(segment == last || forwardAgain(u, segment)) || !backward(u, segment, true)) {
                return false;
            }
        }
        return true;
    }

    /** Computes β of all frames, to leave checkpoints of it. */
    boolean backwardToCheckpoints(Utterance u) {
        lattice.beta.start(u, u.target.labels);
        u.betaAt.prepare(u.target, u.time.segments);
        for (int segment = u.time.segments - 1; segment >= 0; segment--) {
            u.betaAt.save(u.target, segment, lattice.beta);
            if (!backward(u, segment, false)) {
                return false;
            }
        }
        return true;
    }

    /** Writes the gradient of one segment from the checkpoints at both its ends. */
    boolean gradient(Utterance u, int segment) {
        lattice.prepare(u);
        lattice.alpha.start(u, 0);
        lattice.beta.start(u, 0);
        u.betaAt.load(u.target, segment, lattice.beta);
        return forwardAgain(u, segment) && backward(u, segment, true);
    }

    private boolean forwardAgain(Utterance u, int segment) {
        u.alphaAt.load(u.target, segment, lattice.alpha);
        return forward(u, segment, true);
    }

    private boolean forward(Utterance u, int segment, boolean keep) {
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

    private boolean backward(Utterance u, int segment, boolean gradient) {
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
