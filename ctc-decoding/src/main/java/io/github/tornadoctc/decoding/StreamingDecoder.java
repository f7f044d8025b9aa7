package io.github.tornadoctc.decoding;

import io.github.tornadoctc.CtcStatus;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A beam search through one utterance whose frames come a few at a time. However they are divided, the result at the end is
 * that of {@link BeamSearchDecoder} on all of them. For one thread.
 */
public final class StreamingDecoder {
    private final int symbols;
    private final UtteranceSearch search;
    private long frames;

    /**
     * A decoder before the first frame.
     *
     * @param symbols V, the blank included
     * @param blank the index of the blank
     * @throws IllegalArgumentException if the blank is no symbol
     */
    public StreamingDecoder(int symbols, int blank, BeamSearchOptions options) {
        if (blank < 0 || blank >= symbols) {
            throw new IllegalArgumentException("blank = %d is none of the %d symbols".formatted(blank, symbols));
        }
        this.symbols = symbols;
        this.search = new UtteranceSearch(symbols, blank, options);
    }

    /**
     * Adds frames.
     *
     * @param scores [n][V], one frame after the other, n ≥ 0
     * @throws IllegalArgumentException if these are no whole frames
     */
    public void accept(float... scores) {
        if (scores.length % symbols != 0) {
            throw new IllegalArgumentException(
                    "scores has %d values, no multiple of the %d symbols".formatted(scores.length, symbols));
        }
        MemorySegment segment = MemorySegment.ofArray(scores);
        for (int offset = 0; offset < scores.length; offset += symbols) {
            search.accept(segment, offset);
            frames++;
        }
    }

    /** The number of frames so far. */
    public long frames() {
        return frames;
    }

    /** {@code OK} as long as there is a labelling; what it is now, it is at the end, unless it is {@code OK}. */
    public CtcStatus status() {
        return search.status();
    }

    /** The labels that all prefixes of the beam begin with, so that they do not change any more. None if it is not OK. */
    public int[] stableLabels() {
        return status() == CtcStatus.OK ? search.beam().common().labels() : new int[0];
    }

    /** The best prefix so far, which begins with the stable labels; what is behind them may change. */
    public Optional<Hypothesis> best() {
        if (status() != CtcStatus.OK) {
            return Optional.empty();
        }
        Prefix best = search.beam().best();
        return Optional.of(new Hypothesis(best.labels(), best.total, best.state.score()));
    }

    /** The hypotheses, if the utterance ends here. More frames may still come. */
    public Decoding finish() {
        return search.decoding();
    }
}
