package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.DataRange;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class TransferTest {
    private static final int FIRST = DataTransferMode.FIRST_EXECUTION;
    private static final int EVERY = DataTransferMode.EVERY_EXECUTION;
    private static final int DEMAND = DataTransferMode.UNDER_DEMAND;

    private final FloatArray in = FloatArray.fromElements(1, 2, 3);
    private final FloatArray out = FloatArray.fromElements(0, 0, 0);

    private static void addOne(FloatArray in, FloatArray out) {
        for (int i = 0; i < in.getSize(); i++) {
            out.set(i, in.get(i) + 1);
        }
    }

    private static void increment(FloatArray data) {
        for (int i = 0; i < data.getSize(); i++) {
            data.set(i, data.get(i) + 1);
        }
    }

    private static TornadoExecutionPlan plan(TaskGraph graph) {
        return new TornadoExecutionPlan(graph.snapshot());
    }

    @Test
    void firstExecutionCopiesInOnce() {
        TornadoExecutionPlan plan = plan(new TaskGraph("g")
                .transferToDevice(FIRST, in)
                .task("t", TransferTest::addOne, in, out)
                .transferToHost(EVERY, out));
        plan.execute();
        in.init(10);
        plan.execute();
        assertThat(out.toHeapArray()).containsExactly(2, 3, 4);
    }

    @Test
    void everyExecutionCopiesInEveryTime() {
        TornadoExecutionPlan plan = plan(new TaskGraph("g")
                .transferToDevice(EVERY, in)
                .task("t", TransferTest::addOne, in, out)
                .transferToHost(EVERY, out));
        plan.execute();
        in.init(10);
        plan.execute();
        assertThat(out.toHeapArray()).containsExactly(11, 11, 11);
    }

    @Test
    void freedMemoryIsCopiedInAgain() {
        TornadoExecutionPlan plan = plan(new TaskGraph("g")
                .transferToDevice(FIRST, in)
                .task("t", TransferTest::addOne, in, out)
                .transferToHost(EVERY, out));
        plan.execute();
        assertThat(plan.getCurrentDeviceMemoryUsage()).isEqualTo(in.getNumBytesOfSegmentWithHeader() * 2);
        in.init(10);
        plan.freeDeviceMemory();
        assertThat(plan.getCurrentDeviceMemoryUsage()).isZero();
        plan.execute();
        assertThat(out.toHeapArray()).containsExactly(11, 11, 11);
    }

    @Test
    void whatIsNotCopiedInIsGarbageOnTheDevice() {
        plan(new TaskGraph("g")
                        .transferToDevice(DEMAND, in)
                        .task("t", TransferTest::addOne, in, out)
                        .transferToHost(EVERY, out))
                .execute();
        assertThat(out.toHeapArray()).containsExactly(Float.NaN, Float.NaN, Float.NaN);
    }

    @Test
    void anOutputIsGarbageUntilTheKernelWritesIt() {
        plan(new TaskGraph("g").task("t", TransferTest::increment, out).transferToHost(EVERY, out))
                .execute();
        assertThat(out.toHeapArray()).containsExactly(Float.NaN, Float.NaN, Float.NaN);
    }

    @Test
    void whatIsNotCopiedOutStaysAsItWasOnTheHost() {
        plan(new TaskGraph("g").transferToDevice(EVERY, in, out).task("t", TransferTest::addOne, in, out))
                .execute();
        assertThat(out.toHeapArray()).containsExactly(0, 0, 0);
    }

    @Test
    void underDemandCopiesOutWhenAsked() {
        TornadoExecutionResult result = plan(new TaskGraph("g")
                        .transferToDevice(EVERY, in)
                        .task("t", TransferTest::addOne, in, out)
                        .transferToHost(DEMAND, out))
                .execute();
        assertThat(result.isReady()).isTrue();
        assertThat(out.toHeapArray()).containsExactly(0, 0, 0);
        result.transferToHost(out);
        assertThat(out.toHeapArray()).containsExactly(2, 3, 4);
    }

    @Test
    void aDataRangeCopiesOutPartOfAnArray() {
        TornadoExecutionResult result = plan(new TaskGraph("g")
                        .transferToDevice(EVERY, in)
                        .task("t", TransferTest::addOne, in, out)
                        .transferToHost(DEMAND, out))
                .execute();
        result.transferToHost(new DataRange(out).withOffset(1).withSize(1));
        assertThat(out.toHeapArray()).containsExactly(0, 3, 0);
        assertThatThrownBy(() ->
                        result.transferToHost(new DataRange(out).withOffset(2).withSize(2)))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("8 bytes from element 2 on does not fit an array of 3 elements");
    }

    @Test
    void theDeviceKeepsItsContentsBetweenExecutions() {
        TornadoExecutionPlan plan = plan(new TaskGraph("g")
                .transferToDevice(FIRST, in)
                .task("t", TransferTest::increment, in)
                .transferToHost(EVERY, in));
        plan.execute();
        plan.execute();
        assertThat(in.toHeapArray()).containsExactly(3, 4, 5);
    }

    @Test
    void tasksOfAGraphShareTheDeviceCopyAndRunInOrder() {
        plan(new TaskGraph("g")
                        .transferToDevice(EVERY, in)
                        .task("a", TransferTest::addOne, in, out)
                        .task("b", TransferTest::increment, out)
                        .transferToHost(EVERY, out))
                .execute();
        assertThat(out.toHeapArray()).containsExactly(3, 4, 5);
    }

    @Test
    void anArrayThatNoTransferNamesIsAnError() {
        TornadoExecutionPlan plan =
                plan(new TaskGraph("g").transferToDevice(EVERY, in).task("t", TransferTest::addOne, in, out));
        assertThatThrownBy(plan::execute)
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("g.t: argument 2, a FloatArray of 3 elements, is named in none of");
    }

    @Test
    void whatTheDeviceDoesNotHaveCannotBeTransferred() {
        TornadoExecutionResult result = plan(new TaskGraph("g")
                        .transferToDevice(EVERY, in)
                        .task("t", TransferTest::increment, in))
                .execute();
        assertThatThrownBy(() -> result.transferToHost(out))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("a FloatArray of 3 elements cannot be transferred to the host")
                .hasMessageContaining("[g]");
    }

    @Test
    void aSnapshotDoesNotSeeWhatIsAddedLater() {
        TaskGraph graph = new TaskGraph("g").transferToDevice(EVERY, in).task("a", TransferTest::increment, in);
        TornadoExecutionPlan plan = plan(graph);
        graph.transferToHost(EVERY, in);
        plan.execute();
        assertThat(in.toHeapArray()).containsExactly(1, 2, 3);
    }

    @Test
    void anUnknownModeIsAnError() {
        assertThatThrownBy(() -> new TaskGraph("g").transferToDevice(3, in))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("3 is not a DataTransferMode");
    }
}
