package io.github.tornadoctc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Computes the CTC loss (Graves et al., ICML 2006) of a batch, and its gradient with respect to the scores.
 *
 * <p>For every backend: the result of one utterance is bitwise the same alone, in any batch, and on every run. What
 * {@link CtcBackends#best} opens may be several, one of which it chooses for each call.
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
     * @throws IllegalArgumentException if {@code result} does not have the shape of the batch, or its gradient is in the
     *     memory of the scores
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
     * Memory for scores or for a gradient that this backend uses as it is: a device with memory of its own reads and
     * writes it without the host copying anything first, where the driver allows that at the speed of the bus. A producer
     * of scores can write its output there. {@link CtcBatchBuilder#scores} and {@link CtcResult#withGradientIn} take it,
     * or its beginning; a step is free of copies if both are in such memory. Scores of 16 bits take half of the memory that
     * as many of float32 do. Of other backends it is memory like any other.
     *
     * <p>Allocate it once and use it for many batches: a device readies itself for each piece, which can take seconds, and
     * where large batches of one shape come again and again and are {@link Layout#BATCH_MAJOR}, for parts that are on their
     * way at the same time. While a call uses it, no other thread may read or write it. What
     * {@link CtcBackends#best} opens starts a device for it, if there is one that it may choose. The memory is that device's
     * then, and the CPU computes in it as well, where that takes less.
     *
     * @param floats how many float32, at least 1
     * @param arena how long it lives: longer than any call that uses it. Not confined to one thread, see
     *     {@link Arena#ofShared()}; with {@link Arena#ofAuto()} it lives as long as this backend, too
     * @throws IllegalArgumentException if {@code floats} is less than 1 or more than the backend can use
     */
    default MemorySegment allocate(long floats, Arena arena) {
        if (floats < 1) {
            throw new IllegalArgumentException("floats = %d is less than 1".formatted(floats));
        }
        return arena.allocate(Float.BYTES * floats, Float.BYTES);
    }

    /**
     * Whether a call with these would copy nothing on the host, since the scores, and the gradient if the options ask for
     * one, are where {@link #allocate} of this backend has put them. False of backends that compute in any memory alike.
     */
    default boolean isInLentMemory(CtcBatch batch, CtcOptions options, CtcResult result) {
        return false;
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
