package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/**
 * How many parts of a batch are under way at once: while the scores of one are on their way to the device, another is
 * computed there, the gradient of a third is on its way back, and the host's threads copy those of more between the
 * caller's memory and that of the plans. Every one has a plan and a thread of its own, and TornadoVM gives every plan a
 * queue or stream of its own; within a plan it does one thing after the other.
 *
 * @param count streams
 * @param copying threads that copy for each of them, those of the streams included
 * @param leastBytes scores of a part: smaller ones cost more in launches than they save
 * @param mostBytes scores of a part, unless an utterance has more: with larger ones the first begins and the last ends
 *     too late
 */
record Streams(int count, int copying, long leastBytes, long mostBytes) {
    /** The number of streams, 4 on a GPU and 1 elsewhere unless this property says otherwise. */
    static final String PROPERTY = "tornadoctc.streams";

    private static final int ON_A_GPU = 4;

    private static final long LEAST_BYTES = 8 << 20;
    private static final long MOST_BYTES = 16 << 20;

    /**
     * As many as serve a device, on at most the configured threads.
     *
     * @throws IllegalArgumentException if {@value #PROPERTY} is no number of at least 1
     */
    static Streams of(TornadoDevice device, CtcConfiguration configuration) {
        int threads = Math.min(configuration.maxThreads(), Runtime.getRuntime().availableProcessors());
        int wanted = wanted(device.getDeviceType() == TornadoDeviceType.GPU ? ON_A_GPU : 1);
        int count = Math.min(wanted, threads);
        return new Streams(count, threads - count + 1, LEAST_BYTES, MOST_BYTES);
    }

    private static int wanted(int otherwise) {
        String property = System.getProperty(PROPERTY);
        if (property == null) {
            return otherwise;
        }
        if (!property.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException("%s = %s is no number from 1 to 9999".formatted(PROPERTY, property));
        }
        return Integer.parseInt(property);
    }

    /** Whether of so many parts each of several streams has two. */
    boolean areAllBusy(int parts) {
        return count > 1 && parts >= 2 * count;
    }

    /** Parts to compute a batch in: enough for every stream to have two, unless that makes them too small or too large. */
    int parts(CtcBatch batch) {
        long bytes = (long) batch.scoreType().bytes() * batch.timeSteps() * batch.batchSize() * batch.symbols();
        if (count == 1) {
            return Math.min(batch.batchSize(), 1);
        }
        long part = Math.clamp(bytes / (2L * count), leastBytes, mostBytes);
        return (int) Math.min(batch.batchSize(), Math.max(Math.ceilDiv(bytes, part), 1));
    }
}
