package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBatch;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory a command needs, told when it is too little. */
final class MemoryNeed {
    private static final long GIGABYTE = 1L << 30;
    /** What the JVM says of memory off the heap, which has a limit as large as the heap's. */
    private static final Pattern OFF_HEAP =
            Pattern.compile("Cannot reserve (\\d+) bytes of direct buffer memory \\(allocated: (\\d+), limit: \\d+\\)");
    /** On top of what is counted: results, copies of rows, the JVM, and room for its collector. */
    private static final double SLACK = 1.5;

    private MemoryNeed() {}

    /**
     * Does something with a batch.
     *
     * @param gradients how many gradients there are at a time
     * @throws NotEnoughMemoryException if memory is too little, telling how much is enough
     */
    static <T> T told(CtcBatch batch, int gradients, Supplier<T> computation) {
        try {
            return computation.get();
        } catch (OutOfMemoryError e) {
            throw new NotEnoughMemoryException(
                    advice(String.valueOf(e.getMessage()), bytes(batch, gradients, processors())), e);
        }
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * What is enough for a batch: tables of α, β and log-probabilities in double of the largest utterances, as many as there
     * are processors, or off the heap its scores and gradients of float32, whichever is more.
     */
    static long bytes(CtcBatch batch, int gradients, int processors) {
        long tables = 0;
        for (int b = 0; b < batch.batchSize(); b++) {
            long states = 2L * batch.targetLength(b) + 1;
            tables = Math.max(tables, batch.inputLength(b) * (2 * states + 2L * batch.symbols()) * Double.BYTES);
        }
        long scores = (long) batch.timeSteps() * batch.batchSize() * batch.symbols();
        long each = batch.scoreType().bytes() + (long) gradients * Float.BYTES;
        return Math.max(tables * Math.min(processors, batch.batchSize()), scores * each);
    }

    /**
     * What to do about too little memory.
     *
     * @param cause what the JVM says
     * @param known bytes that are known to be needed, or 0
     */
    static String advice(String cause, long known) {
        long needed = Math.max(known, Runtime.getRuntime().maxMemory());
        Matcher offHeap = OFF_HEAP.matcher(cause);
        if (offHeap.find()) {
            needed = Math.max(needed, Long.parseLong(offHeap.group(1)) + Long.parseLong(offHeap.group(2)));
        }
        long gigabytes = (long) Math.ceil(SLACK * needed / GIGABYTE);
        return "not enough memory: %s; CTC_JAVA_OPTS=-Xmx%dg lets the JVM have %d GB%s"
                .formatted(cause, gigabytes, gigabytes, known > 0 ? ", which is enough" : "");
    }
}
