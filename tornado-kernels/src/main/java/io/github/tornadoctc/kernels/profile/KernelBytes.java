package io.github.tornadoctc.kernels.profile;

import io.github.tornadoctc.CtcBatch;
import java.util.function.IntToLongFunction;

/**
 * The bytes that each kernel has to move, as {@link Stage#bytes} defines them. Every element is a float or an int, 4
 * bytes; a value with an exponent of its own is two of them, and at the middle frame three, since its mantissa is a
 * long. T, U and S are those of the utterance, S = 2U+1, and so are the C emissions of a frame, the fewer of V and U+1;
 * an utterance of no frames costs nothing but its gradient's zeros.
 */
final class KernelBytes {
    private static final long ELEMENT = 4;

    private KernelBytes() {}

    /**
     * Σ T·(V + 3 + 2·C): reads the scores; writes maximum, inverse sum, normaliser and emissions. Where a gradient is
     * wanted whose softmax it {@linkplain Stage#ofSoftmax writes}, Σ T·V more.
     */
    static long rows(CtcBatch batch, boolean gradient) {
        int times = gradient && writesSoftmax(batch) ? 2 : 1;
        return ELEMENT
                * sum(
                        batch,
                        b -> batch.inputLength(b) * ((long) times * batch.symbols() + 3 + emissionsOfAFrame(batch, b)));
    }

    private static boolean writesSoftmax(CtcBatch batch) {
        long rows = (long) batch.timeSteps() * batch.batchSize();
        return Stage.ofSoftmax(rows, batch.symbols(), batch.maxTargetLength()) == Stage.ROWS;
    }

    /**
     * Σ (T+1)·2·C + 6·S, and 2·(T−1)·S where states are kept: both directions read emissions, at the middle frame both of
     * them; write α and β at the middle frame; and keep a state of one direction for every other.
     */
    static long approach(CtcBatch batch, boolean keepsStates) {
        return ELEMENT
                * sum(
                        batch,
                        b -> emissions(batch, b)
                                + 6 * states(batch, b)
                                + (keepsStates ? 2L * (batch.inputLength(b) - 1) * states(batch, b) : 0));
    }

    /**
     * Σ 2·T + 2·C + 6·S + 8: reads all inverse sums of the rows, for one that is invalid, and all normalisers; the middle
     * row's emissions; α and β there; writes the likelihood.
     */
    static long likelihood(CtcBatch batch) {
        return ELEMENT
                * sum(batch, b -> 2L * batch.inputLength(b) + emissionsOfAFrame(batch, b) + 6 * states(batch, b) + 8);
    }

    /**
     * What the likelihood moves, whose middle row and states are needed again, and Σ (T−1)·2·C + (3·T−2)·S: emissions of
     * the other rows; states of the other frames are read, and posteriors of all written.
     */
    static long depart(CtcBatch batch) {
        return likelihood(batch)
                + ELEMENT
                        * sum(
                                batch,
                                b -> emissions(batch, b)
                                        - emissionsOfAFrame(batch, b)
                                        + (3L * batch.inputLength(b) - 2) * states(batch, b));
    }

    /**
     * Σ T·(V + 2 + S), and all frames, utterances and symbols: reads scores, the row's maximum and inverse sum, and the
     * posteriors; writes the gradient, zeros past an utterance's frames included. Where there is a softmax, T·(2·C + S)
     * and the zeros: reads and writes the elements of the target's symbols, and reads the posteriors.
     */
    static long gradient(CtcBatch batch) {
        long all = (long) batch.timeSteps() * batch.batchSize() * batch.symbols();
        if (writesSoftmax(batch)) {
            long zeros = all - sum(batch, b -> (long) batch.inputLength(b) * batch.symbols());
            return ELEMENT
                    * (zeros
                            + sum(batch, b -> batch.inputLength(b) * (emissionsOfAFrame(batch, b) + states(batch, b))));
        }
        return ELEMENT * (all + sum(batch, b -> batch.inputLength(b) * (batch.symbols() + 2 + states(batch, b))));
    }

    /** (T+1)·2·C: at every frame, the middle one twice. */
    private static long emissions(CtcBatch batch, int b) {
        return (batch.inputLength(b) + 1) * emissionsOfAFrame(batch, b);
    }

    /** 2·C. */
    private static long emissionsOfAFrame(CtcBatch batch, int b) {
        return 2L * Math.min(batch.symbols(), batch.targetLength(b) + 1);
    }

    private static long states(CtcBatch batch, int b) {
        return 2L * batch.targetLength(b) + 1;
    }

    private static long sum(CtcBatch batch, IntToLongFunction elements) {
        long sum = 0;
        for (int b = 0; b < batch.batchSize(); b++) {
            if (batch.inputLength(b) > 0) {
                sum += elements.applyAsLong(b);
            }
        }
        return sum;
    }
}
