package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Scores;
import java.util.List;

/** γ from the tables of {@link ForwardBackward}. */
final class ReferencePosteriors implements CtcPosteriors {
    private final ReferenceBackend backend;

    ReferencePosteriors(ReferenceBackend backend) {
        this.backend = backend;
    }

    @Override
    public List<CtcOccupation> posteriors(CtcBatch batch, Scores scores) {
        backend.checkOpen();
        CtcOccupation.check(batch);
        return backend.eachUtterance(batch, b -> of(batch, b, scores));
    }

    private static CtcOccupation of(CtcBatch batch, int b, Scores scores) {
        ForwardBackward tables =
                new ForwardBackward(batch, b, CtcOptions.defaults().withScores(scores));
        if (tables.status() != CtcStatus.OK) {
            return CtcOccupation.without(tables.status());
        }
        float[] gamma = CtcOccupation.allocate(batch, b);
        for (int t = 0, at = 0; t < tables.timeSteps(); t++) {
            for (int s = 0; s < tables.states(); s++) {
                gamma[at++] = (float) tables.statePosterior(t, s);
            }
        }
        return CtcOccupation.of(batch, b, gamma);
    }
}
