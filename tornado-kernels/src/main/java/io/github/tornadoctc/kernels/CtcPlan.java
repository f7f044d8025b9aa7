package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.lang.foreign.MemorySegment;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link CtcTasks} between host buffers, compiled at the first batch for one device, for batches within a capacity. */
final class CtcPlan implements AutoCloseable {
    private final Capacity capacity;
    private final boolean gradient;
    private final FloatArray scores;
    private final FloatArray gradients;
    private final CtcTasks tasks;
    private final GridScheduler scheduler = new GridScheduler();
    private final TornadoExecutionPlan plan;

    CtcPlan(Capacity capacity, boolean gradient, TornadoDevice device) {
        this.capacity = capacity;
        this.gradient = gradient;
        this.scores = new FloatArray(capacity.scores());
        this.gradients = new FloatArray(gradient ? capacity.scores() : 1);
        this.tasks = new CtcTasks(capacity, gradient);
        TaskGraph graph = new TaskGraph("ctc").transferToDevice(DataTransferMode.EVERY_EXECUTION, scores);
        tasks.appendTo(graph, scores, gradients, scheduler);
        if (gradient) {
            graph.transferToHost(DataTransferMode.EVERY_EXECUTION, gradients);
        }
        this.plan = new TornadoExecutionPlan(graph.snapshot()).withDevice(device);
    }

    Capacity capacity() {
        return capacity;
    }

    /** Runs a batch within the capacity, with at least one utterance; writes all of its result but the reduced loss. */
    void execute(CtcBatch batch, CtcOptions options, CtcResult result) {
        long bytes = batch.scores().byteSize();
        MemorySegment.copy(batch.scores(), 0, scores.getSegment(), 0, bytes);
        tasks.prepare(batch, options);
        plan.withGridScheduler(scheduler).execute();
        tasks.readLosses(batch, options, result);
        if (gradient) {
            MemorySegment.copy(gradients.getSegment(), 0, result.gradient(), 0, bytes);
        }
    }

    @Override
    public void close() {
        plan.freeDeviceMemory();
        try {
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException("TornadoVM could not close the plan", e);
        }
    }
}
