package io.github.tornadoctc.residency;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.CtcTasks;
import io.github.tornadoctc.kernels.NarrowFloat;
import io.github.tornadoctc.kernels.ScoreArrays;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.BFloat16Array;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Graphs of a caller's own with CTC in them, for one batch. */
final class OwnGraph {
    static final CtcOptions OPTIONS = CtcOptions.defaults();
    private static final KernelContext CONTEXT = new KernelContext();

    final TornadoDevice device = TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();
    final CtcBatch batch;
    final int elements;
    final CtcResult losses;
    private final CtcBatch known;
    private final CtcTasks ctc;
    private final GridScheduler grids = new GridScheduler();

    OwnGraph(CtcBatch batch) {
        this.batch = batch;
        this.elements = batch.timeSteps() * batch.batchSize() * batch.symbols();
        this.known = SixteenBits.like(batch).scoresOnDevice().build();
        this.losses = CtcResult.allocate(known, OPTIONS);
        this.ctc = CtcTasks.builder(batch.timeSteps(), batch.batchSize(), batch.symbols(), batch.maxTargetLength())
                .options(OPTIONS)
                .build(device);
    }

    private FloatArray inputs() {
        return FloatArray.fromSegment(batch.scores());
    }

    /** Model, CTC and update in one graph; the weights after it. */
    float[] inOneGraph() throws TornadoExecutionPlanException {
        FloatArray inputs = inputs();
        FloatArray logits = new FloatArray(elements);
        FloatArray gradients = new FloatArray(elements);
        FloatArray weights = new FloatArray(elements);
        weights.init(0f);
        TaskGraph graph = new TaskGraph("one")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, inputs, weights)
                .transferToDevice(DataTransferMode.UNDER_DEMAND, logits, gradients);
        appendModelTo(graph, inputs, logits);
        ctc.appendTo(graph, grids, ScoreArrays.of(logits, gradients));
        appendUpdateTo(graph, gradients, weights);
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, weights);
        run(graph);
        return weights.toHeapArray();
    }

    /** The same in three graphs, with logits and gradient left on the device from one to the next. */
    float[] inThreeGraphs() throws TornadoExecutionPlanException {
        FloatArray inputs = inputs();
        FloatArray logits = new FloatArray(elements);
        FloatArray gradients = new FloatArray(elements);
        FloatArray weights = new FloatArray(elements);
        weights.init(0f);
        TaskGraph model = new TaskGraph("model")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, inputs)
                .transferToDevice(DataTransferMode.UNDER_DEMAND, logits);
        appendModelTo(model, inputs, logits);
        model.persistOnDevice(logits);
        TaskGraph loss = new TaskGraph("loss")
                .consumeFromDevice("model", logits)
                .transferToDevice(DataTransferMode.UNDER_DEMAND, gradients);
        ctc.appendTo(loss, grids, ScoreArrays.of(logits, gradients));
        loss.persistOnDevice(gradients);
        TaskGraph update = new TaskGraph("update")
                .consumeFromDevice("loss", gradients)
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, weights);
        appendUpdateTo(update, gradients, weights);
        update.transferToHost(DataTransferMode.EVERY_EXECUTION, weights);
        run(model, loss, update);
        return weights.toHeapArray();
    }

    /** Scores of the batch in float32; what their gradient is. */
    float[] float32() throws TornadoExecutionPlanException {
        FloatArray scores = inputs();
        FloatArray gradients = new FloatArray(elements);
        TaskGraph graph = new TaskGraph("float32")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, scores)
                .transferToDevice(DataTransferMode.UNDER_DEMAND, gradients);
        ctc.appendTo(graph, grids, ScoreArrays.of(scores, gradients));
        finish(graph, gradients);
        return gradients.toHeapArray();
    }

    /** Scores of these bits; the bits of their gradient. */
    short[] bits(NarrowFloat format, short... bits) throws TornadoExecutionPlanException {
        ShortArray scores = ShortArray.fromArray(bits);
        ShortArray gradients = new ShortArray(elements);
        TaskGraph graph = transfers("bits", scores, gradients);
        ctc.appendTo(graph, grids, ScoreArrays.of(format, scores, gradients));
        finish(graph, gradients);
        return gradients.toHeapArray();
    }

    /** The same in TornadoVM's own float16. */
    short[] halves(short... bits) throws TornadoExecutionPlanException {
        HalfFloatArray scores = new HalfFloatArray(elements);
        scores.getSegment().copyFrom(MemorySegment.ofArray(bits));
        HalfFloatArray gradients = new HalfFloatArray(elements);
        TaskGraph graph = transfers("halves", scores, gradients);
        ctc.appendTo(graph, grids, ScoreArrays.of(scores, gradients));
        finish(graph, gradients);
        return gradients.getSegment().toArray(ValueLayout.JAVA_SHORT);
    }

    /** The same in TornadoVM's own bfloat16. */
    short[] bfloats(short... bits) throws TornadoExecutionPlanException {
        BFloat16Array scores = BFloat16Array.fromShorts(bits);
        BFloat16Array gradients = new BFloat16Array(elements);
        TaskGraph graph = transfers("bfloats", scores, gradients);
        ctc.appendTo(graph, grids, ScoreArrays.of(scores, gradients, device));
        finish(graph, gradients);
        return gradients.toShortArray();
    }

    private static TaskGraph transfers(String name, Object scores, Object gradients) {
        return new TaskGraph(name)
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, scores)
                .transferToDevice(DataTransferMode.UNDER_DEMAND, gradients);
    }

    private void finish(TaskGraph graph, Object gradients) throws TornadoExecutionPlanException {
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, gradients);
        run(graph);
    }

    private void appendModelTo(TaskGraph graph, FloatArray inputs, FloatArray logits) {
        graph.task("model", CallersKernels::model, CONTEXT, inputs, logits);
        grids.addWorkerGrid(graph.getTaskGraphName() + ".model", new WorkerGrid1D(elements));
    }

    private void appendUpdateTo(TaskGraph graph, FloatArray gradients, FloatArray weights) {
        graph.task("update", CallersKernels::update, CONTEXT, gradients, weights);
        grids.addWorkerGrid(graph.getTaskGraphName() + ".update", new WorkerGrid1D(elements));
    }

    private void run(TaskGraph... graphs) throws TornadoExecutionPlanException {
        ctc.prepare(known);
        ImmutableTaskGraph[] snapshots =
                Arrays.stream(graphs).map(TaskGraph::snapshot).toArray(ImmutableTaskGraph[]::new);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(snapshots)) {
            plan.withDevice(device);
            for (int i = 0; i < graphs.length; i++) {
                plan.withGraph(i).withGridScheduler(grids).execute();
            }
        }
        ctc.readLosses(losses);
    }
}
