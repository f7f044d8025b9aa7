package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;

/** The first utterance of a batch, its rows read and looked over: what the recursions of a backend begin with. */
final class Prepared {
    private Prepared() {}

    static Utterance utterance(CtcBatch batch, CtcOptions options, CtcResult result, Kernels kernels) {
        Utterance u = new Utterance();
        u.target.read(batch, 0);
        u.frames.prepare(batch, 0, options, result, u.target);
        u.frames.read(kernels.rows(), u.target, 0, u.frames.count);
        u.time.read(u.frames, u.target);
        return u;
    }

    static Utterance utterance(CtcBatch batch, CtcOptions options) {
        return utterance(batch, options, CtcResult.allocate(batch, options), Kernels.SCALAR);
    }
}
