package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.kernels.profile.Stage;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link LossTasks} up to the posteriors of states, which the gradient would be made of. */
final class PosteriorPlan implements CachedPlan {
    /** All that a loss has but the gradient. */
    static final List<DeviceBuffer> BUFFERS = LossBuffer.ALL.stream()
            .filter(buffer -> buffer != LossBuffer.GRADIENT)
            .toList();

    private final Capacity capacity;
    private final FloatArray scores;
    private final FloatArray blankPosteriors;
    private final FloatArray labelPosteriors;
    private final LossTasks tasks;
    private final DevicePlan plan;

    PosteriorPlan(Capacity capacity, TornadoDevice device) {
        this.capacity = capacity;
        this.scores = new FloatArray(capacity.length(LossBuffer.SCORES));
        this.tasks = new LossTasks(capacity, true, Stage.DEFAULT_PREFIX, RowDevice.of(device));
        this.blankPosteriors = tasks.workspace().floats(LossBuffer.BLANK_STATES);
        this.labelPosteriors = tasks.workspace().floats(LossBuffer.LABEL_STATES);
        TaskGraph graph = new TaskGraph("posteriors").transferToDevice(DataTransferMode.EVERY_EXECUTION, scores);
        GridScheduler grids = new GridScheduler();
        tasks.addTransfersTo(graph);
        for (Stage stage : List.of(Stage.ROWS, Stage.APPROACH, Stage.DEPART)) {
            tasks.add(stage, graph, grids, scores, null);
        }
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, tasks.likelihoods(), blankPosteriors, labelPosteriors);
        this.plan = new DevicePlan(graph, grids, device);
    }

    @Override
    public Capacity capacity() {
        return capacity;
    }

    /** Runs what is within the capacity, at least one utterance. */
    List<CtcOccupation> execute(BatchPart part, Scores kind) {
        CtcOptions options = CtcOptions.defaults().withScores(kind);
        part.pack(scores.getSegment(), HostThreads.NONE);
        tasks.prepare(part, options);
        plan.execute();
        CtcResult result = CtcResult.allocate(part.batch(), options.withGradient(false));
        tasks.readLosses(part, options, result);
        List<CtcOccupation> occupations = new ArrayList<>();
        for (int b = 0; b < part.size(); b++) {
            CtcStatus status = result.status(part.first() + b);
            occupations.add(status == CtcStatus.OK ? occupation(part, b) : CtcOccupation.without(status));
        }
        return occupations;
    }

    /** Divides the posteriors of each frame by their sum, as {@link GradientKernel} does. */
    private CtcOccupation occupation(BatchPart part, int b) {
        CtcBatch batch = part.batch();
        int utterance = part.first() + b;
        float[] gamma = CtcOccupation.allocate(batch, utterance);
        int states = 2 * batch.targetLength(utterance) + 1;
        int length = batch.inputLength(utterance);
        for (int t = 0; t < length; t++) {
            int row = (b * part.timeSteps() + t) * (batch.maxTargetLength() + 1);
            int labels = row + Lattice.labelPair(0, t, length);
            double sum = 0;
            for (int s = 0; s < states; s++) {
                gamma[t * states + s] =
                        s % 2 == 0 ? blankPosteriors.get(row + s / 2) : labelPosteriors.get(labels + s / 2);
                sum += gamma[t * states + s];
            }
            for (int s = 0; s < states; s++) {
                gamma[t * states + s] = (float) (gamma[t * states + s] / sum);
            }
        }
        return CtcOccupation.of(batch, utterance, gamma);
    }

    @Override
    public DevicePlan devicePlan() {
        return plan;
    }
}
