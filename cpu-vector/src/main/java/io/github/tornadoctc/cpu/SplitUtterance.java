package io.github.tornadoctc.cpu;

/** One long utterance on several threads: rows in parts, then α beside β, then the segments of the gradient. */
final class SplitUtterance {
    /** Parts of the rows for each thread, so that one that is late does not hold up the others for long. */
    private static final int PARTS = 4;

    private final Crew crew;
    private final Worker worker;
    private final Utterance u;
    private final boolean[] done = new boolean[2];
    private volatile boolean failed;

    SplitUtterance(Crew crew, Worker worker) {
        this.crew = crew;
        this.worker = worker;
        this.u = worker.utterance;
    }

    void compute(BatchRun run, int b) {
        run.prepare(u, b);
        int parts = crew.threads() * PARTS;
        crew.run(worker, parts, (w, part) -> u.frames.read(w.rows, u.target, from(part, parts), from(part + 1, parts)));
        u.time.read(u.frames, u.target);
        boolean linear = false;
        if (run.mayBeLinear(u, b)) {
            for (int attempt = 0; attempt < Rescaling.attempts() && !linear; attempt++) {
                u.time.group(u.target, Rescaling.period(attempt));
                linear = recursion();
            }
        }
        run.finish(worker, u, b, linear);
    }

    private int from(int part, int parts) {
        return (int) ((long) u.frames.count * part / parts);
    }

    private boolean recursion() {
        if (!u.frames.wantsGradient) {
            return worker.linear.forward(u);
        }
        crew.run(
                worker,
                2,
                (w, direction) ->
                        done[direction] = direction == 0 ? w.linear.forward(u) : w.linear.backwardToCheckpoints(u));
        if (!done[0] || !done[1]) {
            return false;
        }
        failed = false;
        crew.run(worker, u.time.segments, (w, segment) -> failed |= !w.linear.gradient(u, segment));
        return !failed;
    }
}
