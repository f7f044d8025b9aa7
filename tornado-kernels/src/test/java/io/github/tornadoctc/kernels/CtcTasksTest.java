package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.reference.ForwardBackward;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** What a caller may do with the tasks of his graph, and what he is told where he may not. */
@KernelTest
class CtcTasksTest {
    private static final CtcOptions LOSSES = CtcOptions.defaults().withGradient(false);
    private static final CtcBatch BATCH = new SmallBatch(12, 2, 6, 4).build(Layout.TIME_MAJOR);
    private static final CtcBatch SHIFTED =
            new SmallBatch(12, 2, 6, 4).row(3, 0f).row(8, 1f).build(Layout.TIME_MAJOR);

    private final TornadoDevice device =
            TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();
    private final GridScheduler grids = new GridScheduler();

    private CtcTasks tasks(CtcOptions options, String prefix) {
        return CtcTasks.builder(12, 2, 6, 4).options(options).prefix(prefix).build(device);
    }

    private static FloatArray scores(CtcBatch batch) {
        return FloatArray.fromSegment(batch.scores());
    }

    private void execute(TaskGraph graph) {
        try (DevicePlan plan = new DevicePlan(graph, grids, device)) {
            plan.execute();
        }
    }

    private static void assertLossesAreThoseOf(CtcBatch batch, CtcResult result) {
        for (int b = 0; b < batch.batchSize(); b++) {
            double expected = new ForwardBackward(batch, b, LOSSES).loss();
            assertThat(result.loss(b)).isCloseTo(expected, within(1e-6 * expected));
        }
    }

    @Test
    void tasksMadeWithoutGradientNeedNoGradient() {
        FloatArray scores = scores(BATCH);
        CtcTasks ctc = tasks(LOSSES, "ctc");
        TaskGraph graph = new TaskGraph("losses").transferToDevice(DataTransferMode.EVERY_EXECUTION, scores);
        ctc.appendTo(graph, grids, ScoreArrays.of(scores));
        ctc.prepare(BATCH);
        execute(graph);

        CtcResult result = CtcResult.allocate(BATCH, LOSSES);
        ctc.readLosses(result);
        assertLossesAreThoseOf(BATCH, result);
    }

    @Test
    void twoLossesOfOneGraphHaveTasksOfTheirOwn() {
        FloatArray first = scores(BATCH);
        FloatArray second = scores(SHIFTED);
        FloatArray gradient = new FloatArray(first.getSize());
        CtcTasks one = tasks(CtcOptions.defaults(), "one");
        CtcTasks two = tasks(LOSSES, "two");
        TaskGraph graph = new TaskGraph("both")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, first, second)
                .transferToDevice(DataTransferMode.UNDER_DEMAND, gradient);
        one.appendTo(graph, grids, ScoreArrays.of(first, gradient));
        two.appendTo(graph, grids, ScoreArrays.of(second));
        one.prepare(BATCH);
        two.prepare(SHIFTED);
        execute(graph);

        CtcResult result = CtcResult.allocate(BATCH, LOSSES);
        one.readLosses(result);
        assertLossesAreThoseOf(BATCH, result);
        two.readLosses(result);
        assertLossesAreThoseOf(SHIFTED, result);
    }

    @Test
    void scoresOf16BitsDoForLossesAlone() {
        float[] values = BATCH.scores().toArray(ValueLayout.JAVA_FLOAT);
        ShortArray bits = new ShortArray(values.length);
        for (int i = 0; i < values.length; i++) {
            bits.set(i, Float.floatToFloat16(values[i]));
            values[i] = Float.float16ToFloat(bits.get(i));
        }
        CtcBatch rounded = CtcBatch.builder(12, 2, 6)
                .scores(values)
                .targets(BATCH.target(0), BATCH.target(1))
                .build();
        CtcTasks ctc = tasks(LOSSES, "ctc");
        TaskGraph graph = new TaskGraph("bits").transferToDevice(DataTransferMode.EVERY_EXECUTION, bits);
        ctc.appendTo(graph, grids, ScoreArrays.of(NarrowFloat.FLOAT16, bits));
        ctc.prepare(rounded);
        execute(graph);

        CtcResult result = CtcResult.allocate(rounded, LOSSES);
        ctc.readLosses(result);
        assertLossesAreThoseOf(rounded, result);
    }

    @Test
    void anExecutionThatNothingWasPreparedForComputesNothing() {
        FloatArray scores = scores(BATCH);
        FloatArray gradient = new FloatArray(scores.getSize());
        gradient.init(5f);
        CtcTasks ctc = tasks(CtcOptions.defaults(), "ctc");
        TaskGraph graph = new TaskGraph("nothing").transferToDevice(DataTransferMode.EVERY_EXECUTION, scores, gradient);
        ctc.appendTo(graph, grids, ScoreArrays.of(scores, gradient));
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, gradient);
        execute(graph);

        assertThat(gradient.toHeapArray()).containsOnly(5f);
        assertThatIllegalStateException()
                .isThrownBy(() -> ctc.readLosses(CtcResult.allocate(BATCH, LOSSES)))
                .withMessage("no batch has been prepared");
    }

    @Test
    void theResultOfABatchWithItsScoresOnTheDeviceHasNoGradient() {
        CtcBatch batch = CtcBatch.builder(12, 2, 6)
                .scoresOnDevice()
                .targets(BATCH.target(0), BATCH.target(1))
                .build();
        CtcResult result = CtcResult.allocate(batch, CtcOptions.defaults());
        assertThat(result.hasGradient()).isFalse();
        assertThat(result.statuses()).containsOnly(CtcStatus.OK);
    }

    @Test
    void aSecondLossWithTheSamePrefixIsRefused() {
        TaskGraph graph = new TaskGraph("clash");
        tasks(LOSSES, "ctc").appendTo(graph, grids, ScoreArrays.of(scores(BATCH)));
        CtcTasks second = tasks(LOSSES, "ctc");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> second.appendTo(graph, grids, ScoreArrays.of(scores(SHIFTED))))
                .withMessage("prefix = ctc is taken by another loss in graph clash: build these tasks with another");
    }

    @Test
    void tasksAreInOneGraphOnly() {
        CtcTasks ctc = tasks(LOSSES, "ctc");
        ctc.appendTo(new TaskGraph("one"), grids, ScoreArrays.of(scores(BATCH)));
        assertThatIllegalStateException()
                .isThrownBy(() -> ctc.appendTo(new TaskGraph("two"), grids, ScoreArrays.of(scores(BATCH))))
                .withMessageStartingWith("these tasks are in a graph already");
    }

    @Test
    void arraysHaveToFitWhatTheTasksWereMadeFor() {
        FloatArray scores = scores(BATCH);
        TaskGraph graph = new TaskGraph("refused");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tasks(LOSSES, "a").appendTo(graph, grids, ScoreArrays.of(new FloatArray(143))))
                .withMessage(
                        "scores has 143 elements, but the tasks were made for timeSteps * batchSize * symbols = 144");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tasks(LOSSES, "b").appendTo(graph, grids, ScoreArrays.of(scores, scores)))
                .withMessageStartingWith("gradient is given, but the tasks were made without");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tasks(CtcOptions.defaults(), "c").appendTo(graph, grids, ScoreArrays.of(scores)))
                .withMessageStartingWith("gradient is missing: the options ask for one");
    }

    @Test
    void aCapturedGraphReadsTheDescriptionOfEachBatch() throws TornadoExecutionPlanException {
        FloatArray scores = scores(BATCH);
        CtcTasks ctc = CtcTasks.builder(12, 2, 6, 4).options(LOSSES).cudaGraph().build(device);
        TaskGraph graph = new TaskGraph("captured").transferToDevice(DataTransferMode.EVERY_EXECUTION, scores);
        ctc.appendTo(graph, grids, ScoreArrays.of(scores));
        CtcBatch others = CtcBatch.builder(12, 2, 6)
                .scores(BATCH.scores())
                .inputLengths(12, 9)
                .targets(new int[] {2}, new int[] {3, 1})
                .build();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device).withGridScheduler(grids);
            if (CudaGraphs.use(device)) {
                plan.withCUDAGraph();
            }
            for (CtcBatch batch : List.of(BATCH, others, BATCH)) {
                ctc.prepare(batch);
                plan.execute();
                CtcResult result = CtcResult.allocate(batch, LOSSES);
                ctc.readLosses(result);
                assertLossesAreThoseOf(batch, result);
            }
            plan.freeDeviceMemory();
        }
    }

    @Test
    void aCapturedGraphRefusesABatchThatNeedsOtherGrids() {
        CtcTasks ctc = CtcTasks.builder(12, 2, 6, 4).options(LOSSES).cudaGraph().build(device);
        ctc.appendTo(new TaskGraph("captured"), grids, ScoreArrays.of(scores(BATCH)));
        ctc.prepare(BATCH);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ctc.prepare(new SmallBatch(12, 1, 6, 4).build(Layout.TIME_MAJOR)))
                .withMessageStartingWith("batch of 12 × 1 × 6 needs the grids")
                .withMessageContaining("a CUDA graph replays those of the first batch");
        ctc.prepare(new SmallBatch(12, 2, 6, 3).build(Layout.TIME_MAJOR));
    }

    @Test
    void aBatchHasToFitWhatTheTasksWereMadeFor() {
        CtcTasks ctc = tasks(LOSSES, "ctc");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ctc.prepare(new SmallBatch(13, 2, 6, 4).build(Layout.TIME_MAJOR)))
                .withMessageStartingWith("batch of 13 × 2 × 6 with targets of up to 4 is empty or larger than");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CtcTasks.builder(12, 0, 6, 4))
                .withMessage("batchSize = 0 is less than 1");
    }
}
