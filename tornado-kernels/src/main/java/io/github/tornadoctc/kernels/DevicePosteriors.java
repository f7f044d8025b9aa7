package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.Scores;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** γ on one device, in parts where a batch does not fit it. Calls run one after the other. */
final class DevicePosteriors implements DeviceOperation, CtcPosteriors {
    private static final String KIND = "posteriors";

    private final TornadoDevice device;
    private final DeviceLimits limits;
    private final PlanCache<String, PosteriorPlan> plans;
    private boolean closed;

    DevicePosteriors(TornadoDevice device, DeviceLimits limits) {
        this.device = device;
        this.limits = limits;
        this.plans = new PlanCache<>(limits);
    }

    @Override
    public synchronized List<CtcOccupation> posteriors(CtcBatch batch, Scores scores) {
        if (closed) {
            throw new IllegalStateException("the backend is closed");
        }
        CtcOccupation.check(batch);
        List<CtcOccupation> occupations = new ArrayList<>();
        for (BatchPart part : BatchPart.fitting(batch, 1, limits, this::needed)) {
            PosteriorPlan plan = plans.get(KIND, needed(part), capacity -> new PosteriorPlan(capacity, device));
            occupations.addAll(plan.execute(part, scores));
        }
        return occupations;
    }

    private Capacity needed(BatchPart part) {
        return Capacity.of(PosteriorPlan.BUFFERS, Sizes.of(part, true, limits.maxGroupSize()));
    }

    @Override
    public synchronized void close() {
        closed = true;
        plans.close();
    }
}
