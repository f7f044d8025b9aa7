package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * What a plan in {@link LentMemory} reads and writes.
 *
 * @param gradient null for losses alone
 */
record LentArrays(TornadoNativeArray scores, @Nullable TornadoNativeArray gradient) {

    boolean areAlive() {
        return all().allMatch(LentMemory::isAlive);
    }

    /**
     * Whether none of these is the same memory as one of others, but as another array. TornadoVM pins an array for as long
     * as a plan has it, and one of 16 bits is the first half of one of floats: a copy from memory that is pinned in part is
     * refused by NVIDIA's driver, of which TornadoVM 5.2.0's PTX backend prints an error and goes on.
     */
    boolean agreeWith(LentArrays others) {
        return all().allMatch(array -> others.all().allMatch(other -> array == other || !beginTogether(array, other)));
    }

    /** What travels at an execution, or may. */
    long bytes() {
        return all().mapToLong(array -> array.getSegment().byteSize()).sum();
    }

    /** The bytes of the larger one. */
    long largest() {
        return all().mapToLong(array -> array.getSegment().byteSize()).max().orElseThrow();
    }

    /** What they take on the device beyond what a batch needs: all of an array is there. */
    long more(CtcBatch batch, ScoreTypes types) {
        long elements = (long) batch.timeSteps() * batch.batchSize() * batch.symbols();
        long needed = types.scores().bytes() * elements;
        if (gradient != null) {
            needed += types.gradient().bytes() * elements;
        }
        return Math.max(0, bytes() - needed);
    }

    /** Whether all are pinned for as long as they are there. */
    boolean arePinned(LentMemory memory) {
        return all().allMatch(memory::isPinned);
    }

    /** Those of a part of a batch that is batch-major and begins where these do. */
    LentArrays part(BatchPart part, LentMemory memory) {
        long begin = part.firstScore();
        long elements = part.scores();
        return new LentArrays(
                memory.part(scores, begin, elements), gradient == null ? null : memory.part(gradient, begin, elements));
    }

    private Stream<TornadoNativeArray> all() {
        return Stream.of(scores, gradient).filter(Objects::nonNull);
    }

    private static boolean beginTogether(TornadoNativeArray array, TornadoNativeArray other) {
        return array.getSegment().address() == other.getSegment().address();
    }
}
