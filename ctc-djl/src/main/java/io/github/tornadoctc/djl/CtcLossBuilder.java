package io.github.tornadoctc.djl;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.Reduction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link CtcLoss} is to be. */
public final class CtcLossBuilder {
    String name = "CtcLoss";
    ScoreFormat format = ScoreFormat.defaults();
    Reduction reduction = Reduction.MEAN;
    boolean zeroInfinity;
    /** Null if the loss is to open one. */
    @Nullable
    CtcBackend backend;

    CtcLossBuilder() {}

    /** What DJL's listeners call it; {@code CtcLoss} unless said otherwise. */
    public CtcLossBuilder name(String newName) {
        this.name = Objects.requireNonNull(newName, "name");
        return this;
    }

    /** How the network gives its scores; {@link ScoreFormat#defaults()} unless said otherwise. */
    public CtcLossBuilder format(ScoreFormat newFormat) {
        this.format = Objects.requireNonNull(newFormat, "format");
        return this;
    }

    /**
     * How the losses of a batch become one; {@link Reduction#MEAN} unless said otherwise, each divided by its target's
     * length, so that a learning rate suits batches of any size.
     */
    public CtcLossBuilder reduction(Reduction newReduction) {
        this.reduction = Objects.requireNonNull(newReduction, "reduction");
        return this;
    }

    /** Whether an utterance of too few frames for its target counts as loss 0 instead of +∞; not unless said. */
    public CtcLossBuilder zeroInfinity(boolean newZeroInfinity) {
        this.zeroInfinity = newZeroInfinity;
        return this;
    }

    /** What computes it, which stays the caller's to close. */
    public CtcLossBuilder backend(CtcBackend newBackend) {
        this.backend = Objects.requireNonNull(newBackend, "backend");
        return this;
    }

    /**
     * The loss.
     *
     * @throws io.github.tornadoctc.BackendUnavailableException if it is to open the best backend, and a system property
     *     forces one that cannot be used here
     */
    public CtcLoss build() {
        return new CtcLoss(this);
    }
}
