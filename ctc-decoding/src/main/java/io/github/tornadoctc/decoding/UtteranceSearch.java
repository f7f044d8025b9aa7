package io.github.tornadoctc.decoding;

import io.github.tornadoctc.CtcStatus;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The beam search through one utterance, frame by frame; the same whether all frames are there or come one by one. */
final class UtteranceSearch {
    private final int nBest;
    private final Frame frame;
    private final PrefixBeam beam;
    private CtcStatus status = CtcStatus.OK;

    UtteranceSearch(int symbols, int blank, BeamSearchOptions options) {
        this.nBest = options.nBest();
        this.frame = new Frame(symbols, options.scores(), options.tokenThreshold(), mostSymbols(symbols, options));
        this.beam = new PrefixBeam(symbols, blank, options.beamWidth(), options.scorer());
    }

    /**
     * Without a scorer, a prefix with one of so many likelier symbols instead is better: all but its own last symbol, and the
     * blank, which makes it no longer. They alone would fill the beam, so no other need be tried.
     */
    private static int mostSymbols(int symbols, BeamSearchOptions options) {
        return options.scorer().equals(Scorer.none()) ? (int) Math.min(symbols, options.beamWidth() + 3L) : symbols;
    }

    /** Adds the frame whose scores begin at {@code offset}, counted in floats; none is looked at after one that is not finite. */
    void accept(MemorySegment scores, long offset) {
        if (status == CtcStatus.NON_FINITE) {
            return;
        }
        if (!frame.read(scores, offset)) {
            status = CtcStatus.NON_FINITE;
        } else if (status == CtcStatus.OK) {
            beam.advance(frame);
            status = beam.isEmpty() ? CtcStatus.INFEASIBLE : CtcStatus.OK;
        }
    }

    CtcStatus status() {
        return status;
    }

    PrefixBeam beam() {
        return beam;
    }

    Decoding decoding() {
        if (status != CtcStatus.OK) {
            return new Decoding(status, List.of());
        }
        List<Hypothesis> hypotheses = beam.hypotheses(nBest);
        return new Decoding(hypotheses.isEmpty() ? CtcStatus.INFEASIBLE : CtcStatus.OK, hypotheses);
    }
}
