package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostThreadsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 1_000_000, 1_048_577, 3_333_333})
    void rangesCoverEveryByteOnce(int bytes) {
        byte[] times = new byte[bytes];
        try (HostThreads threads = new HostThreads(4)) {
            threads.split(bytes, (from, to) -> {
                for (long i = from; i < to; i++) {
                    times[(int) i]++;
                }
                return (to - from) / 2;
            });
            assertThat(threads.bytes()).isBetween(bytes / 2 - 4L, bytes / 2L);
        }
        byte[] once = new byte[bytes];
        Arrays.fill(once, (byte) 1);
        assertThat(times).isEqualTo(once);
    }

    @Test
    void fewBytesAreNotWorthAThread() {
        AtomicInteger ranges = new AtomicInteger();
        try (HostThreads threads = new HostThreads(4)) {
            threads.split(1 << 19, (from, to) -> ranges.incrementAndGet());
            assertThat(ranges).hasValue(1);
            threads.split(1 << 20, (from, to) -> ranges.incrementAndGet());
            assertThat(ranges).hasValue(3);
        }
    }

    @Test
    void everyTaskRunsOnce() {
        AtomicIntegerArray times = new AtomicIntegerArray(9);
        try (HostThreads threads = new HostThreads(3)) {
            threads.each(9, times::incrementAndGet);
        }
        assertThat(times).hasToString(Arrays.toString(new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1}));
    }

    @Test
    void threadsShareTasksAndAreToldWhichTheyAre() {
        AtomicIntegerArray times = new AtomicIntegerArray(20);
        try (HostThreads threads = new HostThreads(3)) {
            threads.share(2, 20, (thread, task) -> {
                assertThat(thread).isBetween(0, 1);
                times.incrementAndGet(task);
            });
        }
        for (int task = 0; task < 20; task++) {
            assertThat(times.get(task)).isEqualTo(1);
        }
    }

    @Test
    void theErrorOfATaskIsThrownOnceAllHaveEnded() {
        for (int failing = 0; failing < 3; failing++) {
            int bad = failing;
            AtomicInteger ended = new AtomicInteger();
            try (HostThreads threads = new HostThreads(3)) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> threads.each(3, task -> {
                            ended.incrementAndGet();
                            if (task == bad) {
                                throw new IllegalStateException("task " + task);
                            }
                        }))
                        .withMessage("task " + bad);
            }
            assertThat(ended).hasValue(3);
        }
    }
}
