package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.CtcProfile;
import io.github.tornadoctc.kernels.profile.ResidentCall;
import io.github.tornadoctc.kernels.profile.Stage;
import java.util.List;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * {@link LossTasks} on scores that went to the device at the first execution, as did lengths and labels: the batch is the
 * same every time, so nothing has changed. Its grids stay, and the graph is captured where it can be.
 */
final class ResidentLoss implements ResidentCall {
    private final BatchPart batch;
    private final CtcOptions options;
    private final FloatArray gradients;
    private final LossTasks tasks;
    private final DevicePlan plan;
    private boolean computed;

    /** A plan of exactly the capacity that the batch needs. */
    ResidentLoss(CtcBatch batch, CtcOptions options, Capacity capacity, TornadoDevice device) {
        this.batch = BatchPart.all(batch);
        this.options = options;
        FloatArray scores = new FloatArray(capacity.length(LossBuffer.SCORES));
        this.batch.pack(scores.getSegment(), HostThreads.NONE);
        this.gradients = new FloatArray(capacity.length(LossBuffer.GRADIENT));
        this.tasks = new LossTasks(capacity, options.gradient(), Stage.DEFAULT_PREFIX, RowDevice.of(device));
        TaskGraph graph = new TaskGraph("resident")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, scores)
                .transferToDevice(DataTransferMode.UNDER_DEMAND, gradients);
        GridScheduler grids = new GridScheduler();
        tasks.addTransfersTo(graph, DataTransferMode.FIRST_EXECUTION);
        tasks.addTo(graph, grids, scores, gradients);
        if (options.gradient()) {
            graph.transferToHost(DataTransferMode.UNDER_DEMAND, gradients);
        }
        tasks.prepare(this.batch, options);
        this.plan = new DevicePlan(graph, grids, device, CudaGraphs.use(device));
    }

    @Override
    public void run() {
        plan.execute();
        computed = true;
    }

    @Override
    public CtcProfile profile() {
        CtcProfile profile = plan.profile(List.of(tasks.likelihoods()));
        computed = true;
        return profile;
    }

    @Override
    public void read(CtcResult result) {
        if (!computed) {
            throw new IllegalStateException("nothing has been computed yet");
        }
        result.checkFits(batch.batch(), options);
        tasks.readLosses(batch, options, result);
        if (options.gradient()) {
            plan.transferToHost(gradients);
            batch.unpack(gradients.getSegment(), result, HostThreads.NONE);
        }
        result.reduce(batch.batch(), options);
    }

    @Override
    public void close() {
        plan.close();
    }
}
