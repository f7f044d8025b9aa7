package io.github.tornadoctc.kernels;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.Scores;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** γ on one device. */
final class DevicePosteriors implements DeviceOperation, CtcPosteriors {
    private final UtteranceOperation<PosteriorPlan> operation;

    DevicePosteriors(TornadoDevice device, PlanMemory memory) {
        operation = new UtteranceOperation<>(
                memory, PosteriorPlan.BUFFERS, true, capacity -> new PosteriorPlan(capacity, device));
    }

    @Override
    public List<CtcOccupation> posteriors(CtcBatch batch, Scores scores) {
        CtcOccupation.check(batch);
        return operation.each(batch.inFloat32(), (plan, part) -> plan.execute(part, scores));
    }

    @Override
    public void close() {
        operation.close();
    }
}
