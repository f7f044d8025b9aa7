package io.github.tornadoctc.cpu;

/**
 * One utterance whose passes several threads share: rows in parts, then α beside β, then the segments of the gradient.
 * Each thread computes with its own {@link Worker} on the one {@link Utterance}.
 */
final class SplitUtterance {
    private static final int MOST_STEPS = 8;

    final int index;
    final Utterance utterance;

    private Recursions kind = Recursions.LINEAR;
    private volatile boolean failed;

    /** @param index b */
    SplitUtterance(int index, Utterance utterance) {
        this.index = index;
        this.utterance = utterance;
    }

    /** Makes ready for a recursion. */
    void begin(Recursions recursion) {
        kind = recursion;
        failed = false;
        recursion.divide(utterance);
    }

    /** In how many steps a direction goes from one thread to the next, if need be; without checkpoints, in one. */
    int steps() {
        return utterance.frames.wantsGradient ? Math.min(MOST_STEPS, utterance.time.segments) : 1;
    }

    /** A step of α. */
    void alpha(Worker worker, int step) {
        if (!failed && !worker.recursion(kind).forward(utterance, segment(step), segment(step + 1))) {
            failed = true;
        }
    }

    /** A step of β, which begins at the end. */
    void beta(Worker worker, int step) {
        int to = segment(steps() - step);
        if (!failed && !worker.recursion(kind).backwardToCheckpoints(utterance, segment(steps() - step - 1), to)) {
            failed = true;
        }
    }

    private int segment(int step) {
        return (int) ((long) utterance.time.segments * step / steps());
    }

    void segment(Worker worker, int segment) {
        if (!worker.recursion(kind).gradient(utterance, segment)) {
            failed = true;
        }
    }

    /** Whether a part of the recursion was out of its range. */
    boolean hasFailed() {
        return failed;
    }

    /** Whether there is a recursion yet that might not fail. */
    boolean mayTryAgain() {
        return kind == Recursions.LINEAR;
    }
}
