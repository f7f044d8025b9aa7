package io.github.tornadoctc.cpu;

/**
 * Forward-backward in extended floats, with an exponent for each state: for the utterances whose probabilities lie too
 * far apart for {@link LinearRecursion}. It takes any score, and refuses only what has no path at all.
 *
 * <p>Exponents go with every sum and product. Mantissas are brought back to about 1 every {@value #PERIOD} frames: in
 * between, a frame multiplies one by 2^±33.2 ({@link ExtendedRow}) and adds three, which keeps mantissas within
 * [2^−298, 2^310]. A sum takes the larger of two exponents, not of two numbers; what is 2^1023 below it and more is left
 * out, and that is at most 2^(310 − 1023 + 298) of the sum.
 */
final class ExtendedRecursion extends SegmentedRecursion {
    /** Frames between two normalisations. */
    static final int PERIOD = 8;

    private final ExtendedLattice lattice = new ExtendedLattice();
    private ExtendedKernels kernels;
    private RowKernels rows;

    ExtendedRecursion(KernelSet set) {
        kernels = set.extended;
        rows = set.rows;
    }

    /** Goes on with other kernels. */
    void use(KernelSet set) {
        kernels = set.extended;
        rows = set.rows;
    }

    @Override
    void prepare(Utterance u) {
        lattice.prepare(u);
    }

    @Override
    void prepare(Utterance u, Checkpoints checkpoints) {
        checkpoints.prepareExtended(u.target, u.time.segments);
    }

    @Override
    void startAlpha(Utterance u) {
        lattice.alpha.start(u.target, 0);
        lattice.reference = 0;
    }

    @Override
    void startBeta(Utterance u) {
        lattice.beta.start(u.target, u.target.labels);
    }

    @Override
    boolean readLikelihood(Utterance u) {
        return lattice.readLikelihood(u);
    }

    @Override
    void saveAlpha(Utterance u, int segment) {
        u.alphaAt.save(u.target, segment, lattice.alpha);
        u.reference = lattice.reference;
    }

    @Override
    void loadAlpha(Utterance u, int segment) {
        u.alphaAt.load(u.target, segment, lattice.alpha);
        // of use if α goes on from here for the first time
        lattice.reference = u.reference;
    }

    @Override
    void saveBeta(Utterance u, int segment) {
        u.betaAt.save(u.target, segment, lattice.beta);
    }

    @Override
    void loadBeta(Utterance u, int segment) {
        lattice.beta.start(u.target, 0);
        u.betaAt.load(u.target, segment, lattice.beta);
    }

    @Override
    boolean forward(Utterance u, int segment, boolean keep) {
        Target target = u.target;
        int start = u.time.segmentStart(segment);
        for (int t = start; t < u.time.segmentEnd(segment); t++) {
            int first = target.firstPair(t, u.time.count);
            int last = target.lastPair(t);
            if (t % PERIOD == 0) {
                kernels.normalise(lattice.alpha, Math.max(0, first - 1), last);
            }
            lattice.row.read(u.frames, target, kernels, t);
            lattice.reference += lattice.row.reference - largest(u.frames, t);
            if (keep) {
                lattice.keepEmissions(target, t - start);
                kernels.forwardKept(lattice, target, first, last, t - start);
            } else {
                lattice.row.writeLabels(target);
                kernels.forward(lattice, target, first, last);
            }
        }
        return true;
    }

    @Override
    boolean backward(Utterance u, int segment, boolean gradient) {
        Target target = u.target;
        int start = u.time.segmentStart(segment);
        for (int t = u.time.segmentEnd(segment) - 1; t >= start; t--) {
            int first = target.firstPair(t, u.time.count);
            int last = target.lastPair(t);
            if (t % PERIOD == PERIOD - 1) {
                kernels.normalise(lattice.beta, first, Math.min(last + 1, target.labels));
            }
            if (gradient) {
                double exponent = lattice.posteriorExponent(u, first, last, t - start);
                double sum = kernels.backwardWithPosteriors(lattice, target, first, last, t - start, exponent);
                lattice.posteriors.add(u, rows, t, first, last, lattice.blankPosterior, sum);
            } else {
                lattice.row.read(u.frames, target, kernels, t);
                lattice.row.writeLabels(target);
                kernels.backward(lattice, target, first, last);
            }
        }
        if (gradient) {
            lattice.posteriors.flush(u, rows);
        }
        return true;
    }

    /** What the normalisers of logits are relative to; log-probabilities have none. */
    private static double largest(Frames frames, int t) {
        return frames.logits ? ScalarRowKernels.finiteOrZero(frames.largest[t]) : 0;
    }
}
