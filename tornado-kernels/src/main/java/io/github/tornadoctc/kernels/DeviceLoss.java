package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.CtcProfile;
import io.github.tornadoctc.kernels.profile.LossProfiler;
import io.github.tornadoctc.kernels.profile.ResidentCall;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * The loss on one device, and what it costs there. Plans are compiled at their first batch and kept, one for losses
 * alone and one with gradients. A batch that does not fit the device is computed in parts. Calls from several threads
 * run one after the other.
 */
final class DeviceLoss implements DeviceOperation, LossProfiler {
    private final TornadoDevice device;
    private final DeviceLimits limits;
    private final PlanCache<Boolean, LossPlan> plans;

    DeviceLoss(TornadoDevice device, DeviceLimits limits) {
        this.device = device;
        this.limits = limits;
        this.plans = new PlanCache<>(limits);
    }

    /** Computes a batch into a result that fits it. */
    synchronized void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
        eachPart(batch, options, result, (plan, part) -> plan.execute(part, options, result));
    }

    @Override
    public synchronized CtcProfile profile(CtcBatch batch, CtcOptions options, CtcResult result) {
        List<CtcProfile> profiles = new ArrayList<>();
        eachPart(batch, options, result, (plan, part) -> profiles.add(plan.profile(part, options, result)));
        return profiles.stream().reduce(CtcProfile.NONE, CtcProfile::plus);
    }

    private interface Execution {
        void of(LossPlan plan, BatchPart part);
    }

    private void eachPart(CtcBatch batch, CtcOptions options, CtcResult result, Execution execution) {
        result.checkFits(batch, options);
        boolean gradient = options.gradient();
        for (BatchPart part : BatchPart.fitting(batch, limits, part -> needed(part, gradient))) {
            LossPlan plan =
                    plans.get(gradient, needed(part, gradient), capacity -> new LossPlan(capacity, gradient, device));
            execution.of(plan, part);
        }
        result.reduce(batch, options);
    }

    private Capacity needed(BatchPart part, boolean gradient) {
        return Capacity.of(LossBuffer.ALL, Sizes.of(part, gradient, limits.maxGroupSize()));
    }

    @Override
    public ResidentCall resident(CtcBatch batch, CtcOptions options) {
        if (batch.batchSize() == 0) {
            throw new IllegalArgumentException("the batch is empty");
        }
        Capacity capacity = needed(BatchPart.all(batch), options.gradient());
        limits.check(capacity);
        return new ResidentLoss(batch, options, capacity, device);
    }

    @Override
    public synchronized int plansMade() {
        return plans.made();
    }

    @Override
    public synchronized long deviceMemory() {
        return plans.deviceMemory();
    }

    @Override
    public double copyGigabytesPerSecond(long mostBytes) {
        return DeviceCopy.gigabytesPerSecond(mostBytes, device, limits);
    }

    @Override
    public synchronized void close() {
        plans.close();
    }
}
