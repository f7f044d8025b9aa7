package io.github.tornadoctc;

import java.util.Optional;

/**
 * Computes the CTC loss (Graves et al., ICML 2006) of a batch, and its gradient with respect to the scores.
 *
 * <p>For every backend: the result of one utterance is bitwise the same alone, in any batch, and on every run.
 * Threads may share a backend, which decides whether their calls run side by side or one after the other.
 */
public interface CtcBackend extends AutoCloseable {

    /** The name it is chosen by, such as {@code cpu} or {@code tornado}. */
    String name();

    /** The device it computes on, in words. */
    String device();

    /**
     * Computes into a result that an earlier call returned or {@link CtcResult#allocate} made, so that a training
     * loop allocates nothing.
     *
     * @throws IllegalArgumentException if {@code result} does not have the shape of the batch
     * @throws IllegalStateException if this backend is closed
     */
    void compute(CtcBatch batch, CtcOptions options, CtcResult result);

    /** Computes into a new result. */
    default CtcResult compute(CtcBatch batch, CtcOptions options) {
        CtcResult result = CtcResult.allocate(batch, options);
        compute(batch, options, result);
        return result;
    }

    /**
     * An operation other than the loss, if this backend has it. Each is an interface that extends {@link CtcOperation};
     * what it returns belongs to this backend and ends with it.
     *
     * @param type the interface of the operation
     */
    default <T extends CtcOperation> Optional<T> operation(Class<T> type) {
        return Optional.empty();
    }

    /** Gives back what the backend holds (threads, device memory); a second call does nothing. */
    @Override
    void close();
}
