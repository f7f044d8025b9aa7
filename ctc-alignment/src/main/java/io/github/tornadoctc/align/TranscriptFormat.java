package io.github.tornadoctc.align;

import java.io.IOException;
import java.util.List;

/** A format of files that say when what is said. */
public enum TranscriptFormat {
    /**
     * sclite's time-marked conversations: a line {@code name channel begin duration word confidence} for each word, by
     * name and then by time (NIST SCTK, <i>ctm</i>). Several utterances go in one file.
     */
    CTM(true) {
        @Override
        public void write(List<Transcript> transcripts, Appendable out) throws IOException {
            Ctm.write(transcripts, out);
        }
    },
    /** SubRip's subtitles. */
    SRT(false) {
        @Override
        public void write(List<Transcript> transcripts, Appendable out) throws IOException {
            Subtitles.writeSrt(only(transcripts), out);
        }
    },
    /** WebVTT, W3C's subtitles, with the time of each word. */
    VTT(false) {
        @Override
        public void write(List<Transcript> transcripts, Appendable out) throws IOException {
            Subtitles.writeVtt(only(transcripts), out);
        }
    },
    /** Praat's TextGrid in its long form, with tiers of words and of symbols. */
    TEXTGRID(false) {
        @Override
        public void write(List<Transcript> transcripts, Appendable out) throws IOException {
            TextGrid.write(only(transcripts), false, out);
        }
    },
    /** The same in its short form: the values alone. */
    TEXTGRID_SHORT(false) {
        @Override
        public void write(List<Transcript> transcripts, Appendable out) throws IOException {
            TextGrid.write(only(transcripts), true, out);
        }
    };

    private final boolean several;

    TranscriptFormat(boolean several) {
        this.several = several;
    }

    /** Whether a file has room for more than one utterance. */
    public boolean holdsSeveral() {
        return several;
    }

    /**
     * Writes a file.
     *
     * @param transcripts the utterances; one, if the format does not hold several
     * @throws IllegalArgumentException if there are more, or one cannot be written in this format
     */
    public abstract void write(List<Transcript> transcripts, Appendable out) throws IOException;

    private static Transcript only(List<Transcript> transcripts) {
        if (transcripts.size() != 1) {
            throw new IllegalArgumentException(
                    "transcripts has %d utterances, and a file of this format one".formatted(transcripts.size()));
        }
        return transcripts.getFirst();
    }
}
