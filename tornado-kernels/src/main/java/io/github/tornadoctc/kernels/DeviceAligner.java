package io.github.tornadoctc.kernels;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBatch;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Forced alignment on one device, in parts where a batch does not fit it. Calls run one after the other. */
final class DeviceAligner implements DeviceOperation, CtcAligner {
    private static final String KIND = "align";

    private final TornadoDevice device;
    private final DeviceLimits limits;
    private final PlanCache<String, AlignmentPlan> plans;
    private boolean closed;

    DeviceAligner(TornadoDevice device, DeviceLimits limits) {
        this.device = device;
        this.limits = limits;
        this.plans = new PlanCache<>(limits);
    }

    @Override
    public synchronized List<CtcAlignment> align(CtcBatch batch, AlignmentOptions options) {
        if (closed) {
            throw new IllegalStateException("the backend is closed");
        }
        options.check(batch);
        List<CtcAlignment> alignments = new ArrayList<>();
        for (BatchPart part : BatchPart.fitting(batch, 1, limits, this::needed)) {
            AlignmentPlan plan = plans.get(KIND, needed(part), capacity -> new AlignmentPlan(capacity, device));
            alignments.addAll(plan.execute(part, options));
        }
        return alignments;
    }

    private Capacity needed(BatchPart part) {
        return Capacity.of(AlignmentBuffer.ALL, Sizes.of(part, false, limits.maxGroupSize()));
    }

    @Override
    public synchronized void close() {
        closed = true;
        plans.close();
    }
}
