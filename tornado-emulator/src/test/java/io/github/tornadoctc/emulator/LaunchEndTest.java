package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** However a launch ends, its threads end with it. */
class LaunchEndTest {
    private static final Set<Thread> THREADS = ConcurrentHashMap.newKeySet();

    private final IntArray data = new IntArray(64);

    @BeforeEach
    void forgetThreads() {
        THREADS.clear();
    }

    private void assertAllThreadsEnded(int number) {
        assertThat(THREADS).hasSize(number).noneMatch(Thread::isAlive);
    }

    private static void withBarriers(KernelContext context, IntArray data) {
        THREADS.add(Thread.currentThread());
        context.localBarrier();
        data.set(context.globalIdx, 1);
        context.localBarrier();
    }

    @Test
    void aGroupHasAsManyThreadsAsItemsAndTheNextGroupUsesThemAgain() {
        OneTask.run(64, 16, graph -> graph.task("t", LaunchEndTest::withBarriers, new KernelContext(), data), data);
        assertAllThreadsEnded(16);
    }

    private static void withoutBarriers(KernelContext context, IntArray data) {
        THREADS.add(Thread.currentThread());
        data.set(context.globalIdx, 1);
    }

    @Test
    void aKernelWithoutBarriersNeedsOneThread() {
        OneTask.run(64, 16, graph -> graph.task("t", LaunchEndTest::withoutBarriers, new KernelContext(), data), data);
        assertAllThreadsEnded(1);
    }

    private static void fails(KernelContext context, IntArray data) {
        THREADS.add(Thread.currentThread());
        context.localBarrier();
        if (context.localIdx == 7) {
            throw new IllegalStateException("on purpose");
        }
        context.localBarrier();
        data.set(context.globalIdx, 1);
    }

    @Test
    void anExceptionInAKernelEndsAllItsItems() {
        assertThatThrownBy(() -> OneTask.run(
                        64, 16, graph -> graph.task("t", LaunchEndTest::fails, new KernelContext(), data), data))
                .isInstanceOf(KernelFaultException.class)
                .hasMessageContaining(
                        "g.t, group 0, item 7: IllegalStateException: on purpose, at LaunchEndTest.fails(")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertAllThreadsEnded(16);
    }

    private static void divergesInAHelperThatCatches(KernelContext context, IntArray data) {
        THREADS.add(Thread.currentThread());
        try {
            if (context.localIdx > 0) {
                context.localBarrier();
            }
        } catch (Throwable e) {
            data.set(context.globalIdx, 1);
        }
    }

    @Test
    void aKernelCannotCatchItsEnd() {
        assertThatThrownBy(() -> OneTask.run(
                        64,
                        16,
                        graph ->
                                graph.task("t", LaunchEndTest::divergesInAHelperThatCatches, new KernelContext(), data),
                        data))
                .isInstanceOf(KernelFaultException.class)
                .hasMessageContaining("barrier divergence");
        // Item 0 has finished, and its thread runs item 1.
        assertAllThreadsEnded(15);
    }

    private static void neverEnds(KernelContext context, IntArray data) {
        THREADS.add(Thread.currentThread());
        while (data.getSize() > 0) {
            context.localBarrier();
        }
    }

    @Test
    void anInterruptEndsALaunchAtItsNextBarrier() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> OneTask.run(
                        64, 16, graph -> graph.task("t", LaunchEndTest::neverEnds, new KernelContext(), data), data))
                .isInstanceOf(KernelFaultException.class)
                .hasMessage("g.t: interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(THREADS).noneMatch(Thread::isAlive);
    }

    @Test
    void aPlanCanBeExecutedAgainAfterAFault() {
        assertThatThrownBy(() -> OneTask.run(
                        64, 16, graph -> graph.task("t", LaunchEndTest::fails, new KernelContext(), data), data))
                .isInstanceOf(KernelFaultException.class);
        OneTask.run(64, 16, graph -> graph.task("t", LaunchEndTest::withBarriers, new KernelContext(), data), data);
        assertThat(data.toHeapArray()).containsOnly(1);
    }
}
