package io.github.tornadoctc.measure;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Whether what is timed is right: the first utterances of a batch against the double reference, as many of them as it
 * does in about a second.
 */
final class Check {
    /** The relative error of a loss and the absolute error of a gradient that are let pass, as {@code compare} does. */
    private static final double LOSS_ERROR = 1e-6;

    private static final double GRADIENT_ERROR = 1e-5;

    /** Σ T·(V + S) that the reference does in about a second. */
    private static final long WORK = 5_000_000;

    private final CtcBatch batch;
    private final int utterances;
    private final CtcBatch firstOnes;
    private final CtcResult reference;

    Check(CtcBatch batch) {
        this.batch = batch;
        long work = (long) batch.timeSteps() * (batch.symbols() + 2L * batch.maxTargetLength() + 1);
        this.utterances = Math.clamp(WORK / Math.max(work, 1), Math.min(batch.batchSize(), 1), batch.batchSize());
        this.firstOnes = first(batch, utterances);
        try (CtcBackend backend = CtcBackends.open("reference")) {
            this.reference = backend.compute(firstOnes, Mode.STEP.options());
        }
    }

    /** How many of the batch's utterances are checked. */
    int utterances() {
        return utterances;
    }

    /** What is wrong with a result of the whole batch, or empty if nothing is. */
    Optional<String> error(CtcResult result) {
        for (int b = 0; b < utterances; b++) {
            double expected = reference.loss(b);
            double error = Math.abs(result.loss(b) - expected) / Math.max(1, Math.abs(expected));
            boolean same = Double.compare(result.loss(b), expected) == 0;
            if (result.status(b) != reference.status(b) || !(same || error <= LOSS_ERROR)) {
                return Optional.of("loss[%d] = %s, the reference has %s".formatted(b, result.loss(b), expected));
            }
            Optional<String> wrong = result.hasGradient() ? gradientError(result, b) : Optional.empty();
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<String> gradientError(CtcResult result, int b) {
        for (int t = 0; t < batch.timeSteps(); t++) {
            for (int v = 0; v < batch.symbols(); v++) {
                float actual = result.gradient(batch, t, b, v);
                float expected = reference.gradient(firstOnes, t, b, v);
                if (!(Math.abs(actual - expected) <= GRADIENT_ERROR)) {
                    return Optional.of("gradient[t=%d][b=%d][v=%d] = %s, the reference has %s"
                            .formatted(t, b, v, actual, expected));
                }
            }
        }
        return Optional.empty();
    }

    /** The first utterances of a time-major batch, as a batch. */
    private static CtcBatch first(CtcBatch batch, int utterances) {
        int symbols = batch.symbols();
        float[] scores = new float[batch.timeSteps() * utterances * symbols];
        for (int t = 0; t < batch.timeSteps(); t++) {
            MemorySegment.copy(
                    batch.scores(),
                    Float.BYTES * batch.rowOffset(t, 0),
                    MemorySegment.ofArray(scores),
                    (long) Float.BYTES * t * utterances * symbols,
                    (long) Float.BYTES * utterances * symbols);
        }
        int[] lengths = new int[utterances];
        int[][] targets = new int[utterances][];
        for (int b = 0; b < utterances; b++) {
            lengths[b] = batch.inputLength(b);
            targets[b] = new int[batch.targetLength(b)];
            batch.copyTarget(b, targets[b], 0);
        }
        return CtcBatch.builder(batch.timeSteps(), utterances, symbols)
                .blank(batch.blank())
                .scores(scores)
                .inputLengths(lengths)
                .targets(targets)
                .build();
    }
}
