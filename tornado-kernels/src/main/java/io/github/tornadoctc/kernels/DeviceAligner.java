package io.github.tornadoctc.kernels;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBatch;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Forced alignment on one device. */
final class DeviceAligner implements DeviceOperation, CtcAligner {
    private final UtteranceOperation<AlignmentPlan> operation;

    DeviceAligner(TornadoDevice device, PlanMemory memory) {
        operation = new UtteranceOperation<>(
                memory, AlignmentBuffer.ALL, false, capacity -> new AlignmentPlan(capacity, device));
    }

    @Override
    public List<CtcAlignment> align(CtcBatch batch, AlignmentOptions options) {
        options.check(batch);
        return operation.each(batch.inFloat32(), (plan, part) -> plan.execute(part, options));
    }

    @Override
    public void close() {
        operation.close();
    }
}
