package io.github.tornadoctc.spark;

import io.github.tornadoctc.io.NpyArray;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A row that was read: an utterance, or what is wrong with it. */
final class Utterance {
    /** What a row and what is made of it take beside scores and labels, roughly. */
    private static final long OVERHEAD = 512;

    private static final int[] NOTHING = {};

    private final @Nullable Object id;
    private final int frames;
    private final int symbols;
    private final int[] target;
    private final int[] wildcards;
    private @Nullable NpyArray scores;
    private @Nullable String error;

    /**
     * An utterance whose parts are checked.
     *
     * @param wildcards the labels before which something is left out
     * @param scores [T][V]
     */
    Utterance(@Nullable Object id, NpyArray scores, int[] target, int[] wildcards) {
        this(id, scores.length(0), scores.length(1), target, wildcards, scores, null);
    }

    private Utterance(
            @Nullable Object id,
            int frames,
            int symbols,
            int[] target,
            int[] wildcards,
            @Nullable NpyArray scores,
            @Nullable String error) {
        this.id = id;
        this.frames = frames;
        this.symbols = symbols;
        this.target = target;
        this.wildcards = wildcards;
        this.scores = scores;
        this.error = error;
    }

    /** A row that is no utterance. */
    static Utterance invalid(@Nullable Object id, String error) {
        return new Utterance(id, 0, 0, NOTHING, NOTHING, null, error);
    }

    @Nullable
    Object id() {
        return id;
    }

    /** T. */
    int frames() {
        return frames;
    }

    /** V. */
    int symbols() {
        return symbols;
    }

    int[] target() {
        return target;
    }

    int[] wildcards() {
        return wildcards;
    }

    /** What is wrong, or null. */
    @Nullable
    String error() {
        return error;
    }

    /** It cannot be computed after all. */
    void fail(String reason) {
        error = reason;
        scores = null;
    }

    /** The float32 scores that it takes in a batch. */
    long scoreBytes() {
        return (long) Float.BYTES * frames * symbols;
    }

    /** The memory that it takes while it waits. */
    long heldBytes() {
        return OVERHEAD
                + (long) Integer.BYTES * target.length
                + (scores == null ? 0 : scores.data().byteSize());
    }

    /** Copies the scores, T·V of float32, to where a batch has them. */
    void copyScores(MemorySegment row) {
        if (scores != null) {
            scores.copyTo(row);
        }
    }

    /** Lets go of the scores. */
    void release() {
        scores = null;
    }
}
