package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class OutOfRangeTest {
    private static volatile String line = "";

    private static void readsBehind(KernelContext context, FloatArray in, FloatArray out) {
        int i = context.globalIdx;
        line = OneTask.nextLine();
        out.set(i, in.get(i + 1));
    }

    @Test
    void aReadBehindANativeArrayNamesTaskGroupItemArgumentIndexSizeAndLine() {
        FloatArray in = FloatArray.fromElements(1, 2, 3, 4, 5, 6);
        FloatArray out = new FloatArray(6);
        assertThatThrownBy(() -> OneTask.run(
                        6,
                        3,
                        graph -> graph.task("t", OutOfRangeTest::readsBehind, new KernelContext(), in, out),
                        in,
                        out))
                .isInstanceOf(KernelFaultException.class)
                .hasMessage("g.t, group 1, item 2: index 6 out of range for FloatArray of 6 elements, argument 2,"
                        + " at OutOfRangeTest.readsBehind(" + line + ")")
                .hasCauseInstanceOf(IndexOutOfBoundsException.class);
    }

    private static void writesBefore(KernelContext context, IntArray out) {
        out.set(context.globalIdx - 1, 1);
    }

    @Test
    void aWriteIntoTheHeaderIsReported() {
        IntArray out = new IntArray(2);
        assertThatThrownBy(() -> OneTask.run(
                        2, 2, graph -> graph.task("t", OutOfRangeTest::writesBefore, new KernelContext(), out), out))
                .isInstanceOf(KernelFaultException.class)
                .hasMessageContaining("item 0: index -1 out of range for IntArray of 2 elements, argument 2");
    }

    private static void overrunsLocal(KernelContext context, IntArray out) {
        float[] local = context.allocateFloatLocalArray(4);
        line = OneTask.nextLine();
        local[context.localIdx] = 1;
        out.set(context.globalIdx, 1);
    }

    @Test
    void anIndexBehindALocalArrayIsReportedWithItsLine() {
        IntArray out = new IntArray(8);
        assertThatThrownBy(() -> OneTask.run(
                        8, 8, graph -> graph.task("t", OutOfRangeTest::overrunsLocal, new KernelContext(), out), out))
                .isInstanceOf(KernelFaultException.class)
                .hasMessageContaining("g.t, group 0, item 4: ArrayIndexOutOfBoundsException: Index 4 out of bounds")
                .hasMessageContaining("overrunsLocal(" + line + ")");
    }

    @Test
    void theHostIsCheckedToo() {
        FloatArray array = new FloatArray(3);
        assertThatThrownBy(() -> array.get(3))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("index 3 out of range for FloatArray of 3 elements");
        assertThat(array.getSize()).isEqualTo(3);
    }
}
