package io.github.tornadoctc.cpu;

/**
 * Forward-backward over one utterance, segment by segment. α goes forward over all segments, leaving a checkpoint at
 * the start of each; then β comes back, segment by segment, over α recomputed from the segment's checkpoint (but for
 * the last one, whose α is still there). Recomputing costs less than a table of T·S doubles in memory, and for a target
 * whose table fits the cache there is one segment and nothing is recomputed.
 *
 * <p>Threads that share an utterance have a recursion each: one computes α, another β, each leaving checkpoints; then
 * segments are independent of each other.
 *
 * <p>Methods return false if the utterance is not within the range of the numbers that the recursion computes with.
 */
abstract class SegmentedRecursion {

    /** Computes α of all frames, and Z from it. */
    final boolean forward(Utterance u) {
        return forward(u, 0, u.time.segments, u.wantsPosteriors());
    }

    /** Takes α on over segments [from, to), which another recursion may have brought to there; and Z from the last. */
    final boolean forward(Utterance u, int from, int to) {
        return forward(u, from, to, false);
    }

    private boolean forward(Utterance u, int from, int to, boolean keepsLast) {
        prepare(u);
        startAlpha(u);
        boolean gradient = u.wantsPosteriors();
        if (from == 0 && gradient) {
            prepare(u, u.alphaAt);
        }
        if (from > 0) {
            loadAlpha(u, from);
        }
        for (int segment = from; segment < to; segment++) {
            if (gradient) {
                saveAlpha(u, segment);
            }
            if (!forward(u, segment, keepsLast && segment == u.time.segments - 1)) {
                return false;
            }
        }
        if (to == u.time.segments) {
            return readLikelihood(u);
        }
        saveAlpha(u, to);
        return true;
    }

    /** Computes β and writes the gradient, this recursion having computed α. */
    final boolean backward(Utterance u) {
        startBeta(u);
        int last = u.time.segments - 1;
        for (int segment = last; segment >= 0; segment--) {
            if (!(segment == last || forwardAgain(u, segment)) || !backward(u, segment, true)) {
                return false;
            }
        }
        return true;
    }

    /** Takes β back over segments [from, to), to leave checkpoints of it; another recursion may have brought it to there. */
    final boolean backwardToCheckpoints(Utterance u, int from, int to) {
        prepare(u);
        if (to == u.time.segments) {
            startBeta(u);
            prepare(u, u.betaAt);
        } else {
            loadBeta(u, to - 1);
        }
        for (int segment = to - 1; segment >= from; segment--) {
            saveBeta(u, segment);
            if (!backward(u, segment, false)) {
                return false;
            }
        }
        if (from > 0) {
            saveBeta(u, from - 1);
        }
        return true;
    }

    /** Writes the gradient of one segment from the checkpoints at both its ends. */
    final boolean gradient(Utterance u, int segment) {
        prepare(u);
        startAlpha(u);
        loadBeta(u, segment);
        return forwardAgain(u, segment) && backward(u, segment, true);
    }

    private boolean forwardAgain(Utterance u, int segment) {
        loadAlpha(u, segment);
        return forward(u, segment, true);
    }

    /** Makes room for the segments of an utterance. */
    abstract void prepare(Utterance u);

    /** Makes room for checkpoints. */
    abstract void prepare(Utterance u, Checkpoints checkpoints);

    /** All probability in the first blank, before the first frame. */
    abstract void startAlpha(Utterance u);

    /** All probability in the last blank, after the last frame. */
    abstract void startBeta(Utterance u);

    /** Takes α over the frames of a segment, and keeps that of each frame if the gradient follows. */
    abstract boolean forward(Utterance u, int segment, boolean keep);

    /** Takes β back over the frames of a segment, and writes their gradient if α of them has been kept for that. */
    abstract boolean backward(Utterance u, int segment, boolean gradient);

    /** Reads Z off α of the last frame; false if it is 0 or out of range. */
    abstract boolean readLikelihood(Utterance u);

    abstract void saveAlpha(Utterance u, int segment);

    abstract void loadAlpha(Utterance u, int segment);

    abstract void saveBeta(Utterance u, int segment);

    /** Makes room for β as well: this recursion may never have started it. */
    abstract void loadBeta(Utterance u, int segment);
}
