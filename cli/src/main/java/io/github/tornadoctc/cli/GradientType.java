package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.ScoreType;
import java.util.Locale;

/** What a gradient is to be stored as. */
enum GradientType {
    /** Float32, whatever the scores are. */
    FLOAT32,
    /** As the scores are. */
    SCORES;

    /** The type of the gradient of a batch. */
    ScoreType of(CtcBatch batch) {
        return this == FLOAT32 ? ScoreType.FLOAT32 : batch.scoreType();
    }

    /** As the command line has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
