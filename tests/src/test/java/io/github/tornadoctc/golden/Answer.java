package io.github.tornadoctc.golden;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;

/** What one of our implementations says of a golden case. */
interface Answer {
    CtcStatus status(int b);

    double loss(int b);

    double reduced();

    /** Of the reduced loss; without a reduction, of each utterance's own. */
    double gradient(int t, int b, int v);

    /** A backend's, rounded to float32 where it stores the gradient. */
    static Answer of(CtcBatch batch, CtcResult result) {
        return new Answer() {
            @Override
            public CtcStatus status(int b) {
                return result.status(b);
            }

            @Override
            public double loss(int b) {
                return result.loss(b);
            }

            @Override
            public double reduced() {
                return result.reduced();
            }

            @Override
            public double gradient(int t, int b, int v) {
                return result.gradient(batch, t, b, v);
            }
        };
    }
}
