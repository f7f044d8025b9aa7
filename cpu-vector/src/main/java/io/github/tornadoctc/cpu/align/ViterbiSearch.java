package io.github.tornadoctc.cpu.align;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Wildcards;
import org.jspecify.annotations.Nullable;

/**
 * The best path of one utterance. Where all back-pointers fit {@value #MOST_BYTES} bytes they are kept. Else δ is kept at
 * the beginning of each segment of frames, and the back-pointers are made anew, segment by segment from the last one on,
 * when it is known in which state the path leaves it: n frames before state s a path is no more than n pairs before it,
 * so that only a window of a segment is computed twice, 1 part in 2U / n of it.
 */
public final class ViterbiSearch {
    /** What back-pointers may take before checkpoints are used. */
    private static final int MOST_BYTES = 1 << 24;

    /** Of back-pointers that nobody asks for. */
    private static final int ONLY_ROW = 0;

    private final MaxPlus maxPlus;
    private final ScoreRows rows;
    private final TargetPairs target;
    private final Emissions emissions;
    private final Delta delta;
    private final BackPointers back = new BackPointers();
    private final int segmentFrames;

    /**
     * A search over utterance b of a batch.
     *
     * @param rows its rows
     * @param rowsAreRead whether they have been looked over; else that is done on the way
     */
    public ViterbiSearch(
            MaxPlus maxPlus,
            RowSums sums,
            CtcBatch batch,
            int b,
            Wildcards wildcards,
            ScoreRows rows,
            boolean rowsAreRead) {
        this(maxPlus, sums, batch, b, wildcards, rows, rowsAreRead, MOST_BYTES);
    }

    ViterbiSearch(
            MaxPlus maxPlus,
            RowSums sums,
            CtcBatch batch,
            int b,
            Wildcards wildcards,
            ScoreRows rows,
            boolean rowsAreRead,
            long mostBytes) {
        this.maxPlus = maxPlus;
        this.rows = rows;
        this.target = new TargetPairs(batch, b, wildcards);
        this.emissions = new Emissions(
                sums, rows, rowsAreRead, target, batch.blank(), wildcards.cost(), maxPlus.looksUp(rows.symbols));
        this.delta = new Delta(target);
        this.segmentFrames = segmentFrames(rows.count(), target.lanes, mostBytes);
    }

    /**
     * All frames, if the pointers of so many fit; else as many that checkpoints of two doubles for each pair and a
     * segment's window of pointers take the least together, which is where T · U · 16 / n = ¾ · n².
     */
    private static int segmentFrames(int frames, int lanes, long mostBytes) {
        if (BackPointers.bytes(frames, lanes / TargetPairs.PAD) <= mostBytes) {
            return Math.max(frames, 1);
        }
        return (int) Math.min(frames, Math.ceil(Math.cbrt(16 * 4 / 3.0 * frames * lanes)));
    }

    /** The state at each frame; null if no path collapses to the target. */
    public int @Nullable [] states() {
        int frames = rows.count();
        int segments = Math.ceilDiv(frames, segmentFrames);
        Delta[] checkpoints = new Delta[segments];
        delta.start();
        back.prepare(1, 0, target.lanes / TargetPairs.PAD);
        for (int segment = 0; segment < segments - 1; segment++) {
            checkpoints[segment] = copy(delta);
            for (int t = segment * segmentFrames; t < (segment + 1) * segmentFrames; t++) {
                emissions.read(t);
                maxPlus.advance(
                        delta, target, emissions, target.firstPair(t, frames), target.lastPair(t), back, ONLY_ROW);
            }
        }
        int lastStart = Math.max(segments - 1, 0) * segmentFrames;
        int from = Math.max(0, target.labels - (frames - lastStart)) & -TargetPairs.PAD;
        advance(lastStart, frames, from, target.labels);
        if (delta.end(target) == Double.NEGATIVE_INFINITY) {
            return null;
        }
        int[] states = new int[frames];
        int state = 2 * target.labels - (delta.endsInLabel(target) ? 1 : 0);
        state = trace(states, lastStart, frames, state);
        for (int segment = segments - 2; segment >= 0; segment--) {
            int start = segment * segmentFrames;
            int end = start + segmentFrames;
            int first = Math.max(0, state / 2 - segmentFrames) & -TargetPairs.PAD;
            int last = state / 2;
            delta.load(checkpoints[segment], first, last + 1);
            advance(start, end, first, last);
            state = trace(states, start, end, state);
        }
        return states;
    }

    private Delta copy(Delta original) {
        Delta copy = new Delta(target);
        System.arraycopy(original.blank, 0, copy.blank, 0, original.blank.length);
        System.arraycopy(original.label, 0, copy.label, 0, original.label.length);
        return copy;
    }

    /** Advances δ over frames [from, to) within pairs first to last, the first a multiple of 8, with back-pointers. */
    private void advance(int from, int to, int first, int last) {
        back.prepare(to - from, first, (last - first) / TargetPairs.PAD + 1);
        for (int t = from; t < to; t++) {
            emissions.read(t);
            int low = Math.max(first, target.firstPair(t, rows.count()));
            int high = Math.min(last, target.lastPair(t));
            maxPlus.advance(delta, target, emissions, low, high, back, t - from);
        }
    }

    /** Follows the pointers of frames [from, to) from the state at the last one; the state before the first. */
    private int trace(int[] states, int from, int to, int last) {
        int state = last;
        for (int t = to - 1; t >= from; t--) {
            states[t] = state;
            state = back.before(t - from, state);
        }
        return state;
    }
}
