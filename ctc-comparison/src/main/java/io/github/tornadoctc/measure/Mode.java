package io.github.tornadoctc.measure;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import java.util.List;
import java.util.Locale;

/** What is timed: raw logits in, and what out. */
public enum Mode {
    /** Losses and the gradient with respect to the logits, as a training step needs them. */
    STEP(true),
    /** Losses alone. */
    LOSS(false),
    /** Forced alignment: the most probable path to each target. */
    ALIGN(false);

    /** What {@link io.github.tornadoctc.CtcBackend#compute} does. */
    public static final List<Mode> LOSSES = List.of(STEP, LOSS);

    private final boolean gradient;

    Mode(boolean gradient) {
        this.gradient = gradient;
    }

    /**
     * What a backend is asked to compute.
     *
     * @throws IllegalStateException if it is no loss
     */
    public CtcOptions options() {
        if (this == ALIGN) {
            throw new IllegalStateException("an alignment is no loss");
        }
        return CtcOptions.defaults().withGradient(gradient);
    }

    /**
     * Bytes that have to move however it is computed: every float32 logit inside the utterances is read once, and as
     * much gradient written once where there is one. What a backend moves beyond that is its own affair.
     */
    public long logitBytes(CtcBatch batch) {
        return (gradient ? 2L : 1L) * Float.BYTES * batch.symbols() * frames(batch);
    }

    /** Frames inside the utterances: the sum of the input lengths. */
    public static long frames(CtcBatch batch) {
        long frames = 0;
        for (int b = 0; b < batch.batchSize(); b++) {
            frames += batch.inputLength(b);
        }
        return frames;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
