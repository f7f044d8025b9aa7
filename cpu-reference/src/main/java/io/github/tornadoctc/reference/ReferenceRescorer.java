package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcHypotheses;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcRescorer;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Scores;

/** Losses of many targets, each by the forward recursion over the utterance's rows. */
final class ReferenceRescorer implements CtcRescorer {
    private final ReferenceBackend backend;

    ReferenceRescorer(ReferenceBackend backend) {
        this.backend = backend;
    }

    @Override
    public double[][] losses(CtcHypotheses hypotheses, Scores scores) {
        backend.checkOpen();
        CtcOptions options = CtcOptions.defaults().withScores(scores).withGradient(false);
        CtcResult result = CtcResult.allocate(hypotheses.all(), options);
        backend.eachUtterance(hypotheses.batch(), b -> {
            rescore(hypotheses, b, options, result);
            return b;
        });
        return hypotheses.byUtterance(result);
    }

    private static void rescore(CtcHypotheses hypotheses, int b, CtcOptions options, CtcResult result) {
        CtcBatch all = hypotheses.all();
        ForwardBackward rows = new ForwardBackward(hypotheses.vocabularies(), b, options);
        for (int n = hypotheses.first(b); n < hypotheses.first(b + 1); n++) {
            ForwardBackward tables = rows.forwardOf(all.target(n));
            result.set(n, tables.status(), tables.loss(), options);
        }
    }
}
