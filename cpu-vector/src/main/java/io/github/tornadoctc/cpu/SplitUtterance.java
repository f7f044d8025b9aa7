package io.github.tornadoctc.cpu;

/** One long utterance on several threads: rows in parts, then α beside β, then the segments of the gradient. */
final class SplitUtterance implements Passes {
    /** Parts of the rows for each thread, so that one that is late does not hold up the others for long. */
    private static final int PARTS = 4;

    private final Crew crew;
    private final Worker worker;
    private final boolean[] done = new boolean[2];
    private volatile boolean failed;

    SplitUtterance(Crew crew, Worker worker) {
        this.crew = crew;
        this.worker = worker;
    }

    @Override
    public void readRows(Utterance u) {
        int parts = crew.threads() * PARTS;
        long rows = u.frames.count;
        crew.run(worker, parts, (w, part) -> {
            int from = (int) (rows * part / parts);
            int to = (int) (rows * (part + 1) / parts);
            u.frames.read(w.rows, u.target, from, to);
        });
    }

    @Override
    public boolean recursion(Utterance u, Recursions kind) {
        if (!u.frames.wantsGradient) {
            return worker.recursion(kind).forward(u);
        }
        crew.run(worker, 2, (w, direction) -> {
            SegmentedRecursion recursion = w.recursion(kind);
            done[direction] = direction == 0 ? recursion.forward(u) : recursion.backwardToCheckpoints(u);
        });
        if (!done[0] || !done[1]) {
            return false;
        }
        failed = false;
        crew.run(
                worker,
                u.time.segments,
                (w, segment) -> failed |= !w.recursion(kind).gradient(u, segment));
        return !failed;
    }
}
