package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task2;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class OrderComparisonTest {
    private static void compare(Task2<KernelContext, IntArray> kernel) {
        OrderComparison.requireSameResults(Emulator.options(), () -> {
            IntArray out = new IntArray(8);
            OneTask.run(8, 8, graph -> graph.task("t", kernel, new KernelContext(), out), out);
            return Map.of("out", out.getSegment());
        });
    }

    private static void rotateInLocalMemory(KernelContext context, IntArray out) {
        int[] local = context.allocateIntLocalArray(8);
        local[context.localIdx] = context.localIdx;
        context.localBarrier();
        out.set(context.globalIdx, local[(context.localIdx + 1) % 8]);
    }

    private static void rotateWithoutBarrier(KernelContext context, IntArray out) {
        int[] local = context.allocateIntLocalArray(8);
        local[context.localIdx] = context.localIdx;
        out.set(context.globalIdx, local[(context.localIdx + 1) % 8]);
    }

    @Test
    void aKernelWithItsBarriersGivesTheSameBitsInEveryOrder() {
        assertThatCode(() -> compare(OrderComparisonTest::rotateInLocalMemory)).doesNotThrowAnyException();
    }

    @Test
    void aRaceInLocalMemoryNamesTheResultAndTheOrders() {
        assertThatThrownBy(() -> compare(OrderComparisonTest::rotateWithoutBarrier))
                .isInstanceOf(KernelFaultException.class)
                .hasMessageContaining("out differs at byte 0 between the orders")
                .hasMessageContaining("ASCENDING")
                .hasMessageContaining("DESCENDING");
    }
}
