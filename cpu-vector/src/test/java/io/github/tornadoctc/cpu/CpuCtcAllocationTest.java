package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A steady stream of batches allocates less than 1 KB a call. */
class CpuCtcAllocationTest {
    private static final int CALLS = 20;
    /** Interpreted and half compiled code makes an object of every vector; it is compiled by then. */
    private static final int MOST_ROUNDS = 3000;

    @ParameterizedTest
    @CsvSource({"SCALAR, 1", "SCALAR, 2", "VECTOR, 1", "VECTOR, 2"})
    void steadyStateAllocatesLittle(Kernels kernels, int threads) {
        List<CtcBatch> batches = List.of(
                new CtcShape("small", 40, 3, 29, 9).randomBatch(1),
                new CtcShape("wide", 40, 2, 150, 9).randomBatch(2),
                new CtcShape("single", 60, 1, 29, 12).randomBatch(3),
                Batches.one(4, 30, 29, new int[] {1, 2, 3}, x -> x * 1000));
        try (ExecutorService pool = Executors.newFixedThreadPool(1);
                CpuCtc backend = new CpuCtc(threads, pool, kernels)) {
            for (CtcBatch batch : batches) {
                CtcOptions options = CtcOptions.defaults();
                CtcResult result = CtcResult.allocate(batch, options);
                long least = Long.MAX_VALUE;
                for (int round = 0; round < MOST_ROUNDS && least >= 1024; round++) {
                    long before = allocated();
                    for (int call = 0; call < CALLS; call++) {
                        backend.compute(batch, options, result);
                    }
                    least = Math.min(least, (allocated() - before) / CALLS);
                }
                assertThat(least)
                        .as("bytes a call, batch %d of %d symbols", batches.indexOf(batch), batch.symbols())
                        .isLessThan(1024);
            }
        }
    }

    /** By all threads of this JVM. */
    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }
}
