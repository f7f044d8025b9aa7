package io.github.tornadoctc.decoding;

import java.util.List;

/**
 * What is known of labellings apart from the utterance's scores, such as a language model. A beam search ranks a prefix by
 * ln of its probability plus its score here, in nats, so that a scorer's weight is part of the score.
 *
 * <p>Scores are of the whole prefix and not of its last label. So what was given may be taken back, as where the beginning
 * of a word is encouraged that then turns out to be another one. States do not change, and are used by several threads.
 */
public interface Scorer {
    /** The state of the empty labelling. */
    State start();

    /** What the scorer remembers of a labelling. */
    interface State {
        /** The state of this labelling with a label appended. */
        State append(int symbol);

        /** The score as the beginning of a longer labelling; −∞ if there is none that is allowed. */
        double score();

        /** The score as a complete labelling, with the end of its last word and of the sentence; −∞ if not allowed. */
        double endScore();
    }

    /** A scorer that knows nothing: every score is 0. */
    static Scorer none() {
        return Unscored.INSTANCE;
    }

    /** The sum of the scores of several. */
    static Scorer sum(List<Scorer> scorers) {
        return switch (scorers.size()) {
            case 0 -> none();
            case 1 -> scorers.get(0);
            default -> new SumOfScorers(scorers);
        };
    }
}
