package io.github.tornadoctc.measure;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.shapes.CtcShape;
import io.github.tornadoctc.timing.Quartiles;
import io.github.tornadoctc.timing.Timing;

/**
 * How fast a backend was on one batch.
 *
 * @param timing of a call
 * @param frames inside the utterances
 * @param logitBytes see {@link Mode#logitBytes}
 */
public record Throughput(CtcShape shape, String backend, Mode mode, Timing timing, long frames, long logitBytes) {

    static Throughput of(CtcShape shape, String backend, Mode mode, Timing timing, CtcBatch batch) {
        return new Throughput(shape, backend, mode, timing, Mode.frames(batch), mode.logitBytes(batch));
    }

    /** What a call takes. */
    public Quartiles milliseconds() {
        return timing.milliseconds();
    }

    /** Utterances a second, of the median call. */
    public double utterancesPerSecond() {
        return perSecond(shape.batchSize());
    }

    /** Frames inside the utterances, a second. */
    public double framesPerSecond() {
        return perSecond((double) frames);
    }

    /** Gigabytes (10⁹) a second of logits and gradient. */
    public double logitGigabytesPerSecond() {
        return perSecond((double) logitBytes) / 1e9;
    }

    private double perSecond(double amount) {
        return amount / (milliseconds().median() / 1e3);
    }
}
