package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class LocalMemoryTest {
    private static void twoArrays(KernelContext context, IntArray out) {
        int[] first = context.allocateIntLocalArray(4);
        int[] second = context.allocateIntLocalArray(4);
        first[context.localIdx] = context.globalIdx;
        second[context.localIdx] = 100 + context.globalIdx;
        context.localBarrier();
        int neighbour = (context.localIdx + 1) % 4;
        out.set(context.globalIdx, 1000 * first[neighbour] + second[neighbour]);
    }

    @Test
    void theNthAllocationOfEveryItemOfAGroupIsTheSameArray() {
        IntArray out = new IntArray(8);
        OneTask.run(8, 4, graph -> graph.task("t", LocalMemoryTest::twoArrays, new KernelContext(), out), out);
        assertThat(out.toHeapArray()).containsExactly(1101, 2102, 3103, 100, 5105, 6106, 7107, 4104);
    }

    private static void readsUnwritten(KernelContext context, DoubleArray out, int write) {
        float[] floats = context.allocateFloatLocalArray(2);
        double[] doubles = context.allocateDoubleLocalArray(2);
        int[] ints = context.allocateIntLocalArray(2);
        long[] longs = context.allocateLongLocalArray(2);
        byte[] bytes = context.allocateByteLocalArray(2);
        out.set(4 * context.groupIdx, floats[0]);
        out.set(4 * context.groupIdx + 1, doubles[1]);
        out.set(4 * context.groupIdx + 2, ints[0] == 0 || longs[1] == 0 ? 0 : 1);
        out.set(4 * context.groupIdx + 3, bytes[0]);
        floats[0] = write;
        doubles[1] = write;
    }

    @Test
    void aLocalArrayHoldsGarbageAtTheStartOfEveryGroup() {
        DoubleArray out = new DoubleArray(8);
        OneTask.run(2, 1, graph -> graph.task("t", LocalMemoryTest::readsUnwritten, new KernelContext(), out, 0), out);
        assertThat(out.toHeapArray())
                .containsExactly(Double.NaN, Double.NaN, 1, (byte) 0xAD, Double.NaN, Double.NaN, 1, (byte) 0xAD);
    }

    private static void differentSizes(KernelContext context, IntArray out) {
        int[] local = context.allocateIntLocalArray(context.localIdx == 0 ? 4 : 8);
        out.set(context.globalIdx, local.length);
    }

    @Test
    void allocationsThatDifferBetweenItemsAreReported() {
        IntArray out = new IntArray(2);
        assertThatThrownBy(() -> OneTask.run(
                        2, 2, graph -> graph.task("t", LocalMemoryTest::differentSizes, new KernelContext(), out), out))
                .isInstanceOf(KernelFaultException.class)
                .hasMessageContaining(
                        "item 1: divergent allocation: local array 1 is int[8] here and int[4] in another item")
                .hasMessageContaining("LocalMemoryTest.java:");
    }

    private static void allocates(KernelContext context, IntArray out, int doubles, int bytes) {
        context.allocateDoubleLocalArray(doubles);
        context.allocateByteLocalArray(bytes);
        out.set(context.globalIdx, 1);
    }

    @Test
    void aGroupHasFortyEightKibibytes() {
        IntArray out = new IntArray(2);
        OneTask.run(2, 2, graph -> graph.task("t", LocalMemoryTest::allocates, new KernelContext(), out, 6143, 8), out);
        assertThatThrownBy(() -> OneTask.run(
                        2,
                        2,
                        graph -> graph.task("t", LocalMemoryTest::allocates, new KernelContext(), out, 6143, 9),
                        out))
                .isInstanceOf(KernelFaultException.class)
                .hasMessageContaining("the group's local arrays take 49153 bytes, the device has 49152");
    }
}
