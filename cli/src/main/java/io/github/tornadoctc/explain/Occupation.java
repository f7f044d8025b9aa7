package io.github.tornadoctc.explain;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.reference.ForwardBackward;
import io.github.tornadoctc.reference.ViterbiAlignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where an utterance is, and when: the posterior of each state at each frame, and the best path. */
public final class Occupation {
    private final String title;
    private final int symbols;
    private final List<String> labels;
    private final ForwardBackward tables;
    private final CtcAlignment best;
    private final String obstacle;

    private Occupation(String title, CtcBatch batch, int b, CtcOptions options, List<String> labels) {
        this.title = title;
        this.symbols = batch.symbols();
        this.labels = List.copyOf(labels);
        this.tables = new ForwardBackward(batch, b, options);
        this.best = ViterbiAlignment.of(batch, b, AlignmentOptions.defaults().withScores(options.scores()));
        this.obstacle = obstacle(batch, b, tables.status());
    }

    /**
     * The occupation of utterance b.
     *
     * @param labels a name for each label of its target
     */
    public static Occupation of(String title, CtcBatch batch, int b, CtcOptions options, List<String> labels) {
        return new Occupation(title, batch, b, options.withGradient(true), labels);
    }

    private static String obstacle(CtcBatch batch, int b, CtcStatus status) {
        Optional<Obstacle> obstacle = Obstacle.of(batch, b, status);
        if (obstacle.isPresent()) {
            return "it " + obstacle.get().text();
        }
        return batch.inputLength(b) == 0 ? "it has no frames" : "";
    }

    /** Why there is nothing to show; empty if there is something. */
    public String obstacle() {
        return obstacle;
    }

    String title() {
        return title;
    }

    int frames() {
        return tables.timeSteps();
    }

    int states() {
        return tables.states();
    }

    int symbols() {
        return symbols;
    }

    /** The names of the U labels; label u is state 2u+1. */
    List<String> labels() {
        return labels;
    }

    /** The name of label u where a blank would not be seen. */
    String visibleLabel(int u) {
        return labels.get(u).isBlank() ? "␣" : labels.get(u);
    }

    double loss() {
        return tables.loss();
    }

    /** What part of the target's probability the best path has alone. */
    double bestShare() {
        return Math.exp(best.score() + tables.loss());
    }

    /** The state of the best path at each frame. */
    int[] bestStates() {
        return best.states();
    }

    double posterior(int t, int s) {
        return tables.statePosterior(t, s);
    }

    /** The posterior of being in any blank. */
    double blankPosterior(int t) {
        double sum = 0;
        for (int s = 0; s < states(); s += 2) {
            sum += posterior(t, s);
        }
        return sum;
    }

    /**
     * Where the best path has a label.
     *
     * @param label which one
     * @param first its first frame
     * @param last its last frame
     * @param posterior of the label's state, the mean over those frames
     */
    record Segment(String label, int first, int last, double posterior) {
        String frames() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    /** One segment per label. */
    List<Segment> segments() {
        int[] states = bestStates();
        List<Segment> segments = new ArrayList<>();
        for (int u = 0, t = 0; u < labels.size(); u++) {
            while (states[t] != 2 * u + 1) {
                t++;
            }
            int first = t;
            double sum = 0;
            for (; t < states.length && states[t] == 2 * u + 1; t++) {
                sum += posterior(t, 2 * u + 1);
            }
            segments.add(new Segment(visibleLabel(u), first, t - 1, sum / (t - first)));
        }
        return segments;
    }

    /** Frames, labels and symbols, as they are called everywhere. */
    String sizes() {
        return "T=%d U=%d V=%d".formatted(frames(), labels.size(), symbols);
    }
}
