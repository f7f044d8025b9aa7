package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * CTC on a TornadoVM device. Plans are compiled at their first batch and kept: one for losses alone and one with
 * gradients, each replaced by a larger one when a batch does not fit. Calls from several threads run one after the
 * other.
 */
final class TornadoCtcBackend implements CtcBackend {
    private static final Logger LOG = LoggerFactory.getLogger(TornadoCtcBackend.class);

    private final String name;
    private final TornadoDevice device;
    private final DeviceLimits limits;
    private @Nullable CtcPlan lossPlan;
    private @Nullable CtcPlan gradientPlan;
    private boolean closed;

    TornadoCtcBackend(String name, TornadoDevice device) {
        this.name = name;
        this.device = device;
        this.limits = DeviceLimits.of(device);
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
        if (closed) {
            throw new IllegalStateException("backend %s is closed".formatted(name));
        }
        result.checkFits(batch, options);
        if (batch.batchSize() > 0) {
            plan(batch, options.gradient()).execute(batch, options, result);
        }
        result.reduce(batch, options);
    }

    private CtcPlan plan(CtcBatch batch, boolean gradient) {
        CtcPlan current = gradient ? gradientPlan : lossPlan;
        Capacity needed = Capacity.of(batch, gradient, limits.maxGroupSize());
        if (current != null && current.capacity().covers(needed)) {
            return current;
        }
        limits.check(needed, gradient);
        if (current != null) {
            // what served so far is likely to come again, unless both together are too much
            Capacity both = needed.max(current.capacity());
            needed = limits.allows(both, gradient) ? both : needed;
            current.close();
        }
        LOG.info("{}: new plan for {}, {} bytes on the device", name, needed, needed.bytes(gradient));
        CtcPlan plan = new CtcPlan(needed, gradient, device);
        if (gradient) {
            gradientPlan = plan;
        } else {
            lossPlan = plan;
        }
        return plan;
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
