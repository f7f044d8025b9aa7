package io.github.tornadoctc.cpu;

/**
 * In which order the threads of a call take what there is to do: utterances whole, and the parts of those that are split.
 * A split utterance is its rows, in parts; then α and β, each in steps, one after the other and on whatever thread; then
 * the segments of the gradient. Whoever is idle takes the rows of split utterances, before or after whole ones; then the
 * longest of what is ready, a whole utterance or what is left of a direction; segments last, which are small and fill
 * up what is left. That is list scheduling by longest processing time (Graham 1969, <i>Bounds on multiprocessing timing
 * anomalies</i>), and by level for what can be interrupted (Muntz and Coffman 1969, <i>Optimal preemptive scheduling on
 * two-processor systems</i>).
 *
 * <p>Nothing here runs anything or waits; whoever uses it from several threads has a lock.
 */
final class Schedule {
    /** What there is to do of an utterance. */
    enum Kind {
        /** All of it. */
        WHOLE,
        /** A part of its rows. */
        ROWS,
        /** A step of α; the part counts from 0. */
        ALPHA,
        /** A step of β; the part counts from 0, at the last frames. */
        BETA,
        /** A segment of the gradient. */
        SEGMENT,
        /** Nothing is ready, but something will be. */
        WAIT,
        /** Nothing is left. */
        NOTHING
    }

    /** Something to do: of the utterance of a rank, the dearest being 0, a part. */
    record Item(Kind kind, int rank, int part) {}

    private static final Item WAITING = new Item(Kind.WAIT, -1, -1);
    private static final Item NOTHING = new Item(Kind.NOTHING, -1, -1);

    private final Costs costs;
    private final Split[] split;
    private final boolean rowsFirst;
    private int rowsOf;
    private int nextWhole;
    private int unfinished;

    /**
     * @param costs of utterances, the dearest first
     * @param splitting which of them are split
     * @param rowParts the parts that the rows of each are in
     */
    Schedule(Costs costs, Splitting splitting, int rowParts) {
        this.costs = costs;
        this.rowsFirst = splitting.rowsFirst();
        this.split = new Split[splitting.utterances()];
        for (int rank = 0; rank < split.length; rank++) {
            this.split[rank] = new Split(rowParts);
        }
        this.nextWhole = split.length;
        this.unfinished = costs.utterances();
    }

    /** What has been handed out of a split utterance, and what is still at work. */
    private static final class Split {
        private final Stage rows = new Stage();
        private final Stage alpha = new Stage();
        private final Stage beta = new Stage();
        private final Stage segments = new Stage();

        Split(int rowParts) {
            rows.open(rowParts);
        }
    }

    private static final class Stage {
        private int parts;
        private int taken;
        private int done;

        void open(int count) {
            parts = count;
            taken = 0;
            done = 0;
        }

        boolean isReady() {
            return taken < parts;
        }

        /** The share of the parts that is not done, if the next is ready, parts being done one after the other; else 0. */
        double left() {
            return isReady() && taken == done ? (double) (parts - done) / parts : 0;
        }

        boolean isDone() {
            return done == parts;
        }
    }

    /** What to do next. */
    Item next() {
        if (unfinished <= 0) {
            return NOTHING;
        }
        while (rowsOf < split.length && !split[rowsOf].rows.isReady()) {
            rowsOf++;
        }
        boolean whole = nextWhole < costs.utterances();
        if (rowsOf < split.length && (rowsFirst || !whole)) {
            return new Item(Kind.ROWS, rowsOf, split[rowsOf].rows.taken++);
        }
        double longest = whole ? costs.whole(nextWhole) : 0;
        int rank = -1;
        boolean alpha = true;
        for (int i = 0; i < split.length; i++) {
            double ofAlpha = split[i].alpha.left() * costs.direction(i);
            double ofBeta = split[i].beta.left() * costs.direction(i);
            if (Math.max(ofAlpha, ofBeta) > longest) {
                longest = Math.max(ofAlpha, ofBeta);
                rank = i;
                alpha = ofAlpha >= ofBeta;
            }
        }
        if (rank >= 0) {
            return alpha
                    ? new Item(Kind.ALPHA, rank, split[rank].alpha.taken++)
                    : new Item(Kind.BETA, rank, split[rank].beta.taken++);
        }
        if (whole) {
            return new Item(Kind.WHOLE, nextWhole++, 0);
        }
        for (int i = 0; i < split.length; i++) {
            if (split[i].segments.isReady()) {
                return new Item(Kind.SEGMENT, i, split[i].segments.taken++);
            }
        }
        return WAITING;
    }

    /** An item of a split utterance is done; whether what follows its kind can begin: both directions are one. */
    boolean done(Item item) {
        Split utterance = split[item.rank()];
        switch (item.kind()) {
            case ROWS -> utterance.rows.done++;
            case ALPHA -> utterance.alpha.done++;
            case BETA -> utterance.beta.done++;
            default -> utterance.segments.done++;
        }
        return switch (item.kind()) {
            case ROWS -> utterance.rows.isDone();
            case ALPHA, BETA -> utterance.alpha.isDone() && utterance.beta.isDone();
            default -> utterance.segments.isDone();
        };
    }

    /**
     * The directions of a split utterance can be computed.
     *
     * @param steps of each direction; β has none if there is no gradient
     */
    void openDirections(int rank, int steps) {
        split[rank].alpha.open(steps);
        split[rank].beta.open(costs.gradient() ? steps : 0);
    }

    /** The segments of a split utterance can be computed. */
    void openSegments(int rank, int count) {
        split[rank].segments.open(count);
    }

    /** An utterance is done, whole or split. */
    void finish() {
        unfinished--;
    }

    /** Nothing more is to be done. */
    void abandon() {
        unfinished = 0;
    }
}
