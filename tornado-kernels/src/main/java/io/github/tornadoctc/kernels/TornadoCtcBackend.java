package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.CtcProfile;
import io.github.tornadoctc.kernels.profile.ProfilingBackend;
import io.github.tornadoctc.kernels.profile.ResidentCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * CTC on a TornadoVM device. Plans are compiled at their first batch and kept: one for losses alone and one with
 * gradients, each replaced by a larger one when a batch does not fit it. A batch that does not fit the device is computed
 * in parts. Calls from several threads run one after the other.
 */
final class TornadoCtcBackend implements ProfilingBackend {
    private static final Logger LOG = LoggerFactory.getLogger(TornadoCtcBackend.class);

    private final String name;
    private final TornadoDevice device;
    private final DeviceLimits limits;
    private @Nullable CtcPlan lossPlan;
    private @Nullable CtcPlan gradientPlan;
    private int plansMade;
    private boolean closed;

    TornadoCtcBackend(String name, TornadoDevice device, DeviceLimits limits) {
        this.name = name;
        this.device = device;
        this.limits = limits;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String device() {
        return limits.description();
    }

    @Override
    public synchronized void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
        eachPart(batch, options, result, (plan, part) -> plan.execute(part, options, result));
    }

    @Override
    public synchronized CtcProfile profile(CtcBatch batch, CtcOptions options, CtcResult result) {
        List<CtcProfile> profiles = new ArrayList<>();
        eachPart(batch, options, result, (plan, part) -> profiles.add(plan.profile(part, options, result)));
        return profiles.stream().reduce(CtcProfile.NONE, CtcProfile::plus);
    }

    private interface Execution {
        void of(CtcPlan plan, BatchPart part);
    }

    private void eachPart(CtcBatch batch, CtcOptions options, CtcResult result, Execution execution) {
        if (closed) {
            throw new IllegalStateException("backend %s is closed".formatted(name));
        }
        result.checkFits(batch, options);
        int parts = parts(batch, options.gradient());
        for (int part = 0; part < parts; part++) {
            int first = (int) ((long) batch.batchSize() * part / parts);
            int end = (int) ((long) batch.batchSize() * (part + 1) / parts);
            BatchPart utterances = new BatchPart(batch, first, end - first);
            execution.of(plan(utterances, options.gradient()), utterances);
        }
        result.reduce(batch, options);
    }

    /** The fewest parts that the batch must be computed in for each to fit the device. */
    private int parts(CtcBatch batch, boolean gradient) {
        int parts = Math.min(batch.batchSize(), 1);
        while (parts > 0 && !limits.allows(needed(largestPart(batch, parts), gradient), gradient)) {
            if (parts == batch.batchSize()) {
                throw new IllegalArgumentException(
                        limits.refusal(needed(largestPart(batch, parts), gradient), gradient));
            }
            parts = Math.min(2 * parts, batch.batchSize());
        }
        if (parts > 1) {
            LOG.info("{}: a batch of {} in {} parts, to fit {} bytes", name, batch.batchSize(), parts, limits.memory());
        }
        return parts;
    }

    private static BatchPart largestPart(CtcBatch batch, int parts) {
        return new BatchPart(batch, 0, Math.ceilDiv(batch.batchSize(), parts));
    }

    private Capacity needed(BatchPart part, boolean gradient) {
        return Capacity.of(part, gradient, limits.maxGroupSize());
    }

    private CtcPlan plan(BatchPart part, boolean gradient) {
        CtcPlan current = gradient ? gradientPlan : lossPlan;
        Capacity needed = needed(part, gradient);
        if (current != null && current.capacity().covers(needed)) {
            return current;
        }
        if (current != null) {
            // what served so far is likely to come again, unless both together are too much
            Capacity both = needed.max(current.capacity());
            needed = limits.allows(both, gradient) ? both : needed;
            current.close();
        }
        LOG.info("{}: new plan for {}, {} bytes on the device", name, needed, needed.bytes(gradient));
        CtcPlan plan = new CtcPlan(needed, gradient, device);
        plansMade++;
        if (gradient) {
            gradientPlan = plan;
        } else {
            lossPlan = plan;
        }
        return plan;
    }

    @Override
    public ResidentCall resident(CtcBatch batch, CtcOptions options) {
        if (batch.batchSize() == 0) {
            throw new IllegalArgumentException("the batch is empty");
        }
        Capacity capacity = needed(BatchPart.all(batch), options.gradient());
        if (!limits.allows(capacity, options.gradient())) {
            throw new IllegalArgumentException(limits.refusal(capacity, options.gradient()));
        }
        return new ResidentPlan(batch, options, capacity, device);
    }

    @Override
    public synchronized int plansMade() {
        return plansMade;
    }

    @Override
    public synchronized long deviceMemory() {
        return (lossPlan == null ? 0 : lossPlan.deviceMemory())
                + (gradientPlan == null ? 0 : gradientPlan.deviceMemory());
    }

    @Override
    public long copyNanos(long bytes) {
        return DeviceCopy.nanos(bytes, device);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (lossPlan != null) {
            lossPlan.close();
            lossPlan = null;
        }
        if (gradientPlan != null) {
            gradientPlan.close();
            gradientPlan = null;
        }
    }
}
