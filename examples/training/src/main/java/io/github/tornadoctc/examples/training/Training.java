package io.github.tornadoctc.examples.training;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.kernels.CtcTasks;
import io.github.tornadoctc.kernels.CudaGraphs;
import io.github.tornadoctc.kernels.ScoreArrays;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.TornadoProfilerResult;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Trains a linear model on synthetic utterances until greedy decoding of every one is right. Model, loss, gradient and
 * update are tasks of one graph: inputs and weights go to the device once, and a step moves only what {@link CtcTasks}
 * does, targets in and likelihoods out. Every step has the same grids, so a backend that has CUDA graphs replays the first
 * one. Where there is no graph, TornadoVM's profiler counts the bytes that a step moves, and they are printed.
 */
public final class Training {
    private static final float LEARNING_RATE = 2f;
    private static final int MOST_STEPS = 500;
    private static final int STEPS_BETWEEN_REPORTS = 20;

    private Training() {}

    /** Runs the example; exits 1 if the model has not learnt its utterances after {@value #MOST_STEPS} steps. */
    public static void main(String[] args) throws TornadoExecutionPlanException {
        boolean learnt = train(new Utterances(40, 8, 6, 12, 6, 1));
        if (!learnt) {
            System.exit(1);
        }
    }

    static boolean train(Utterances data) throws TornadoExecutionPlanException {
        int rows = data.timeSteps * data.batchSize;
        int width = Arrays.stream(data.targets)
                .mapToInt(target -> target.length)
                .max()
                .orElse(0);
        FloatArray inputs = FloatArray.fromArray(data.inputs);
        FloatArray weights = new FloatArray(data.features * data.symbols);
        weights.init(0f);
        FloatArray scores = new FloatArray(rows * data.symbols);
        FloatArray gradient = new FloatArray(rows * data.symbols);

        TornadoDevice device = TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();
        CtcTasks ctc = CtcTasks.builder(data.timeSteps, data.batchSize, data.symbols, width)
                .options(CtcOptions.defaults().withReduction(Reduction.MEAN))
                .cudaGraph()
                .build(device);
        KernelContext context = new KernelContext();
        TaskGraph graph = new TaskGraph("training")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, inputs, weights)
                .transferToDevice(DataTransferMode.UNDER_DEMAND, scores, gradient)
                .task(
                        "forward",
                        LinearModelKernels::forward,
                        context,
                        inputs,
                        weights,
                        scores,
                        data.features,
                        data.symbols);
        GridScheduler grids = new GridScheduler();
        ctc.appendTo(graph, grids, ScoreArrays.of(scores, gradient));
        graph.task(
                        "descend",
                        LinearModelKernels::descend,
                        context,
                        inputs,
                        gradient,
                        weights,
                        rows,
                        data.features,
                        data.symbols,
                        LEARNING_RATE)
                .transferToHost(DataTransferMode.UNDER_DEMAND, scores);
        grids.addWorkerGrid("training.forward", new WorkerGrid1D(rows * data.symbols));
        grids.addWorkerGrid("training.descend", new WorkerGrid1D(data.features * data.symbols));

        CtcBatch batch = CtcBatch.builder(data.timeSteps, data.batchSize, data.symbols)
                .scoresOnDevice()
                .inputLengths(data.inputLengths)
                .targets(data.targets)
                .build();
        CtcResult result = CtcResult.allocate(batch, CtcOptions.defaults());

        System.out.printf(
                "%d utterances of up to %d frames, %d symbols, on %s%n",
                data.batchSize,
                data.timeSteps,
                data.symbols,
                device.getPhysicalDevice().getDeviceName().strip());
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device).withGridScheduler(grids);
            boolean captured = CudaGraphs.use(device);
            if (captured) {
                plan.withCUDAGraph();
            } else {
                plan.withProfiler(ProfilerMode.SILENT);
            }
            for (int step = 1; step <= MOST_STEPS; step++) {
                ctc.prepare(batch);
                TornadoExecutionResult execution = plan.execute();
                ctc.readLosses(result);
                if (step == 1 || step % STEPS_BETWEEN_REPORTS == 0) {
                    String moved = captured
                            ? "replayed as a CUDA graph, in which nothing counts bytes"
                            : moved(execution.getProfilerResult());
                    execution.transferToHost(scores);
                    int right = countRight(scores, data);
                    System.out.printf(
                            "step %3d  loss %.4f  decoded right %d/%d  %s%n",
                            step, result.reduced(), right, data.batchSize, moved);
                    if (right == data.batchSize) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static String moved(TornadoProfilerResult profile) {
        long out = profile.getTotalBytesCopyOut();
        // likelihoods are copied in every step, but TornadoVM 5.2.0's CUDA backend tells its profiler of no copy back
        return "bytes to the device %d, back %s"
                .formatted(profile.getTotalBytesCopyIn(), out == 0 ? "not told by this backend" : out);
    }

    private static int countRight(FloatArray scores, Utterances data) {
        int right = 0;
        for (int b = 0; b < data.batchSize; b++) {
            right += Arrays.equals(GreedyDecoder.decode(scores, data, b), data.targets[b]) ? 1 : 0;
        }
        return right;
    }
}
