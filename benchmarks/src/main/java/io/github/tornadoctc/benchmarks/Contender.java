package io.github.tornadoctc.benchmarks;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;

/** Something that computes CTC, ready to be timed. */
public interface Contender extends AutoCloseable {

    /** Takes the batch over into whatever it computes from, in the batch's own layout; not timed. */
    void prepare(CtcBatch batch, CtcOptions options, int threads);

    /** What is timed: scores to losses, and to the gradient with respect to the scores if the options want it. */
    void compute();

    /** What the last {@link #compute} computed; not timed. */
    CtcResult result();

    /** Gives back what {@link #prepare} took. */
    @Override
    void close();
}
