package io.github.tornadoctc.reference;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBatch;
import java.util.List;

/** Forced alignment by the textbook: what every other aligner is held to. */
final class ReferenceAligner implements CtcAligner {
    private final ReferenceBackend backend;

    ReferenceAligner(ReferenceBackend backend) {
        this.backend = backend;
    }

    @Override
    public List<CtcAlignment> align(CtcBatch batch, AlignmentOptions options) {
        backend.checkOpen();
        options.check(batch);
        return backend.eachUtterance(batch, b -> ViterbiAlignment.of(batch, b, options));
    }
}
