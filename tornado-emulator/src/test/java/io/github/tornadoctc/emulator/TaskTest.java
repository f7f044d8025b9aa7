package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoFunctions;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

class TaskTest {
    private static final int EVERY = DataTransferMode.EVERY_EXECUTION;

    private static void scale(FloatArray data, float factor) {
        for (@Parallel int i = 0; i < data.getSize(); i++) {
            data.set(i, data.get(i) * factor);
        }
    }

    @Test
    void aTaskWithoutAContextRunsOnceAsAPlainMethod() {
        FloatArray data = FloatArray.fromElements(1, 2, 3);
        new TornadoExecutionPlan(new TaskGraph("g")
                        .transferToDevice(EVERY, data)
                        .task("t", TaskTest::scale, data, 3f)
                        .transferToHost(EVERY, data)
                        .snapshot())
                .execute();
        assertThat(data.toHeapArray()).containsExactly(3, 6, 9);
    }

    /** As TornadoVM does from version 6 on. */
    @Test
    void theKernelBehindAMethodReferenceIsFoundByItsSerializedForm() throws ReflectiveOperationException {
        TornadoFunctions.Task2<FloatArray, Float> task = TaskTest::scale;
        Method writeReplace = task.getClass().getDeclaredMethod("writeReplace");
        writeReplace.setAccessible(true);
        SerializedLambda form = (SerializedLambda) writeReplace.invoke(task);
        assertThat(form.getImplClass()).isEqualTo(TaskTest.class.getName().replace('.', '/'));
        assertThat(form.getImplMethodName()).isEqualTo("scale");
    }

    private static void overrun(FloatArray data) {
        data.set(data.getSize(), 0);
    }

    @Test
    void anErrorInATaskWithoutAContextNamesTheTaskAndTheLine() {
        FloatArray data = new FloatArray(2);
        TornadoExecutionPlan plan = new TornadoExecutionPlan(new TaskGraph("g")
                .transferToDevice(EVERY, data)
                .task("t", TaskTest::overrun, data)
                .snapshot());
        assertThatThrownBy(plan::execute)
                .isInstanceOf(KernelFaultException.class)
                .hasMessageContaining(
                        "g.t: index 2 out of range for FloatArray of 2 elements, argument 1, at TaskTest.")
                .hasMessageContaining("TaskTest.java:");
    }

    private static void twenty(
            KernelContext context,
            IntArray out,
            int a3,
            long a4,
            float a5,
            double a6,
            short a7,
            byte a8,
            boolean a9,
            char a10,
            int a11,
            int a12,
            int a13,
            int a14,
            int a15,
            int a16,
            int a17,
            int a18,
            int a19,
            int a20) {
        int sum = a3 + (int) a4 + (int) a5 + (int) a6 + a7 + a8 + (a9 ? 9 : 0) + a10 + a11 + a12 + a13 + a14 + a15;
        out.set(context.globalIdx, sum + a16 + a17 + a18 + a19 + a20);
    }

    @Test
    void aTaskHasUpToTwentyArguments() {
        IntArray out = new IntArray(1);
        OneTask.run(
                1,
                1,
                graph -> graph.task(
                        "t",
                        TaskTest::twenty,
                        new KernelContext(),
                        out,
                        3,
                        4L,
                        5f,
                        6d,
                        (short) 7,
                        (byte) 8,
                        true,
                        (char) 10,
                        11,
                        12,
                        13,
                        14,
                        15,
                        16,
                        17,
                        18,
                        19,
                        20),
                out);
        assertThat(out.get(0)).isEqualTo(207);
    }

    private static void count(KernelContext context, IntArray ints, LongArray longs, FloatArray floats, DoubleArray d) {
        int[] local = context.allocateIntLocalArray(1);
        if (context.localIdx == 0) {
            local[0] = 0;
        }
        context.localBarrier();
        context.atomicAdd(ints, 0, 1);
        context.atomicAdd(longs, 0, 2L);
        context.atomicAdd(floats, 0, 0.5f);
        context.atomicAdd(d, 0, 0.25);
        context.atomicAdd(local, 0, 1);
        context.localBarrier();
        ints.set(1, local[0]);
    }

    @Test
    void atomicAdditionsAddUp() {
        IntArray ints = IntArray.fromElements(0, 0);
        LongArray longs = LongArray.fromElements(0);
        FloatArray floats = FloatArray.fromElements(0);
        DoubleArray doubles = DoubleArray.fromElements(0);
        OneTask.run(
                12,
                4,
                graph -> graph.task("t", TaskTest::count, new KernelContext(), ints, longs, floats, doubles),
                ints,
                longs,
                floats,
                doubles);
        assertThat(ints.toHeapArray()).containsExactly(12, 4);
        assertThat(longs.get(0)).isEqualTo(24);
        assertThat(floats.get(0)).isEqualTo(6);
        assertThat(doubles.get(0)).isEqualTo(3);
    }

    @Test
    void twoTasksOfAGraphCannotHaveTheSameName() {
        FloatArray data = new FloatArray(1);
        TaskGraph graph = new TaskGraph("g").task("t", TaskTest::overrun, data);
        assertThatThrownBy(() -> graph.task("t", TaskTest::overrun, data))
                .isInstanceOf(TornadoTaskRuntimeException.class)
                .hasMessageContaining("g.t");
    }

    @Test
    void anArgumentThatIsNeitherArrayNorScalarIsAnError() {
        assertThatThrownBy(() -> new TaskGraph("g").task("t", (float[] array) -> {}, new float[1]))
                .isInstanceOf(TornadoTaskRuntimeException.class)
                .hasMessageContaining("g.t: argument 1 is a [F");
    }

    @Test
    @SuppressWarnings("NullAway") // callers whose nulls nobody checks are what the rule is for
    void anArgumentThatIsNullIsAnError() {
        assertThatThrownBy(() -> new TaskGraph("g").task("t", TaskTest::overrun, null))
                .isInstanceOf(TornadoTaskRuntimeException.class)
                .hasMessageContaining("g.t: argument 1 is null");
    }
}
