package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcHypotheses;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcRescorer;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Scores;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * Losses of many targets for each utterance on one device, in as few parts as fit it. An utterance whose hypotheses do
 * not fit together has its rows read once in each part. Calls from several threads run one after the other.
 */
final class DeviceRescorer implements DeviceOperation, CtcRescorer {
    private final TornadoDevice device;
    private final PlanMemory memory;
    private final DeviceLimits limits;
    private final PlanCache<String, RescoringPlan> plans;
    private boolean closed;

    DeviceRescorer(TornadoDevice device, PlanMemory memory) {
        this.device = device;
        this.memory = memory;
        this.limits = memory.limits();
        this.plans = new PlanCache<>(memory);
    }

    @Override
    public double[][] losses(CtcHypotheses hypotheses, Scores scores) {
        return memory.call(() -> compute(hypotheses, scores));
    }

    private double[][] compute(CtcHypotheses hypotheses, Scores scores) {
        if (closed) {
            throw new IllegalStateException("the backend is closed");
        }
        CtcOptions options = CtcOptions.defaults().withScores(scores).withGradient(false);
        CtcResult result = CtcResult.allocate(hypotheses.all(), options);
        CtcBatch rows = hypotheses.vocabularies().inFloat32();
        compute(rows, hypotheses, 0, hypotheses.all().batchSize(), options, result);
        return hypotheses.byUtterance(result);
    }

    /** Computes hypotheses {@code first} to {@code end}, in halves if they do not fit the device. */
    private void compute(
            CtcBatch vocabularies, CtcHypotheses hypotheses, int first, int end, CtcOptions options, CtcResult result) {
        if (first == end) {
            return;
        }
        CtcBatch all = hypotheses.all();
        int utterance = hypotheses.utterance(first);
        int utterances = hypotheses.utterance(end - 1) - utterance + 1;
        BatchPart rows = BatchPart.of(vocabularies, utterance, utterances);
        BatchPart part = new BatchPart(all, first, end - first, rows.timeSteps());
        Capacity needed = RescoringPlan.needed(rows, part, limits.maxGroupSize());
        if (!limits.allows(needed) && end - first > 1) {
            int middle = (first + end) / 2;
            compute(vocabularies, hypotheses, first, middle, options, result);
            compute(vocabularies, hypotheses, middle, end, options, result);
            return;
        }
        limits.check(needed);
        RescoringPlan plan = plans.get("rescore", needed, capacity -> new RescoringPlan(capacity, device));
        plan.execute(rows, part, n -> hypotheses.utterance(first + n) - utterance, options, result);
        plans.count(List.of(plan), Float.BYTES * rows.scores());
    }

    @Override
    public void close() {
        memory.alone(() -> {
            closed = true;
            plans.close();
        });
    }
}
