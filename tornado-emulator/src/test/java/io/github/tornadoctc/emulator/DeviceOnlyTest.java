package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Arrays that stay on the device from one graph to the next. */
class DeviceOnlyTest {
    private static final int EVERY = DataTransferMode.EVERY_EXECUTION;

    private final IntArray in = IntArray.fromElements(1, 2);
    private final IntArray kept = IntArray.fromElements(0, 0);
    private final IntArray out = IntArray.fromElements(0, 0);

    private static void addOne(IntArray in, IntArray out) {
        for (int i = 0; i < in.getSize(); i++) {
            out.set(i, in.get(i) + 1);
        }
    }

    private TaskGraph producer() {
        return new TaskGraph("producer")
                .transferToDevice(EVERY, in)
                .task("t", DeviceOnlyTest::addOne, in, kept)
                .persistOnDevice(kept);
    }

    private TaskGraph consumer() {
        return new TaskGraph("consumer")
                .consumeFromDevice("producer", kept)
                .task("t", DeviceOnlyTest::addOne, kept, out)
                .transferToHost(EVERY, out);
    }

    private static TornadoExecutionPlan plan(TaskGraph... graphs) {
        return new TornadoExecutionPlan(
                Arrays.stream(graphs).map(TaskGraph::snapshot).toArray(n -> new ImmutableTaskGraph[n]));
    }

    @Test
    void aGraphConsumesWhatTheOneBeforeHasPersisted() {
        TornadoExecutionPlan plan = plan(producer(), consumer());
        plan.withGraph(0).execute();
        plan.withGraph(1).execute();
        assertThat(out.toHeapArray()).containsExactly(3, 4);
        assertThat(kept.toHeapArray()).containsExactly(0, 0);
    }

    @Test
    void theSourceNeedNotBeNamed() {
        TaskGraph consumer = new TaskGraph("consumer")
                .consumeFromDevice(kept)
                .task("t", DeviceOnlyTest::addOne, kept, out)
                .transferToHost(EVERY, out);
        TornadoExecutionPlan plan = plan(producer(), consumer);
        plan.withGraph(0).execute();
        plan.withGraph(1).execute();
        assertThat(out.toHeapArray()).containsExactly(3, 4);
    }

    @Test
    void aConsumerMayRunAgain() {
        TaskGraph counter = new TaskGraph("counter")
                .consumeFromDevice("producer", kept)
                .task("t", DeviceOnlyTest::addOne, kept, kept)
                .transferToHost(EVERY, kept);
        TornadoExecutionPlan plan = plan(producer(), counter);
        plan.withGraph(0).execute();
        plan.withGraph(1).execute();
        plan.withGraph(1).execute();
        assertThat(kept.toHeapArray()).containsExactly(4, 5);
    }

    @Test
    void consumingWithoutAnExecutionBeforeIsAnError() {
        TornadoExecutionPlan plan = plan(producer(), consumer());
        assertThatThrownBy(() -> plan.withGraph(1).execute())
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("graph consumer consumes an IntArray of 2 elements")
                .hasMessageContaining("no execution came before");
    }

    @Test
    void graphsOfOneExecutionDoNotConsumeFromEachOther() {
        TornadoExecutionPlan plan = plan(producer(), consumer());
        assertThatThrownBy(plan::execute)
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("no execution came before");
    }

    @Test
    void aGraphInBetweenHasToPassTheArrayOn() {
        TaskGraph between =
                new TaskGraph("between").transferToDevice(EVERY, in).task("t", DeviceOnlyTest::addOne, in, in);
        TornadoExecutionPlan plan = plan(producer(), between, consumer());
        plan.withGraph(0).execute();
        plan.withGraph(1).execute();
        assertThatThrownBy(() -> plan.withGraph(2).execute())
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("the graph executed just before, between, has not left it there");

        TaskGraph passing = new TaskGraph("passing")
                .consumeFromDevice("producer", kept)
                .transferToDevice(EVERY, in)
                .task("t", DeviceOnlyTest::addOne, in, in)
                .persistOnDevice(kept);
        TaskGraph last = new TaskGraph("last")
                .consumeFromDevice("passing", kept)
                .task("t", DeviceOnlyTest::addOne, kept, out)
                .transferToHost(EVERY, out);
        TornadoExecutionPlan longer = plan(producer(), passing, last);
        longer.withGraph(0).execute();
        longer.withGraph(1).execute();
        longer.withGraph(2).execute();
        assertThat(out.toHeapArray()).containsExactly(3, 4);
    }

    @Test
    void whatTheProducerHasFreedCannotBeConsumed() {
        TornadoExecutionPlan plan = plan(producer(), consumer());
        plan.withGraph(0).execute();
        plan.withGraph(1).execute();
        plan.withGraph(0).freeDeviceMemory();
        assertThatThrownBy(() -> plan.withGraph(1).execute()).isInstanceOf(TornadoRuntimeException.class);
    }
}
