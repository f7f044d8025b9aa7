package io.github.tornadoctc.decoding;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Prefix beam search: the most probable prefixes after each frame, every one of them with the sum over its paths. A. Y.
 * Hannun, A. L. Maas, D. Jurafsky, A. Y. Ng, <i>First-Pass Large Vocabulary Continuous Speech Recognition using
 * Bi-Directional Recurrent DNNs</i>, 2014, algorithm 1, in logarithms; the recursion is that of the prefix search of A.
 * Graves et al., ICML 2006, section 3.2.
 *
 * <p>Of equally good prefixes, the one that is first in the order of a dictionary is preferred, labels compared by their
 * indices. Nothing else decides between prefixes, so that the result does not depend on the order in which they are met.
 *
 * <p>In a frame there is one logarithm for each prefix of the beam, and an addition and a comparison for each symbol that
 * is tried after it; a prefix that does not get into the beam is never made.
 */
final class PrefixBeam {
    private static final Comparator<Prefix> BEST_FIRST = (a, b) -> {
        int byRank = Double.compare(b.rank, a.rank);
        return byRank == 0 ? a.compareLabels(b) : byRank;
    };

    private final int width;
    private final int blank;
    /** The least good prefix is at its head. */
    private final PriorityQueue<Prefix> best = new PriorityQueue<>(BEST_FIRST.reversed());
    /** While the symbols after a prefix are tried: its children in the tree, by their symbols. */
    private final @Nullable Prefix[] children;

    private List<Prefix> beam;

    PrefixBeam(int symbols, int blank, int width, Scorer scorer) {
        this.width = width;
        this.blank = blank;
        this.children = new Prefix[symbols];
        this.beam = List.of(Prefix.root(scorer.start()));
    }

    /** Adds a frame. */
    void advance(Frame frame) {
        for (Prefix prefix : beam) {
            prefix.stay(frame, blank);
        }
        for (Prefix prefix : beam) {
            extendInto(prefix, frame);
        }
        for (Prefix prefix : beam) {
            prefix.nextTotal = logSum(prefix.nextBlank, prefix.nextLabel);
            offer(prefix, prefix.nextTotal + prefix.state.score());
        }
        for (Prefix prefix : beam) {
            extend(prefix, frame);
        }
        replaceBeam();
    }

    /** Paths that go from a prefix to longer ones of the beam, whether their symbols are likely or not. */
    private static void extendInto(Prefix prefix, Frame frame) {
        for (Prefix child = prefix.firstChild(); child != null; child = child.nextSibling()) {
            if (child.inBeam) {
                child.nextLabel = logSum(child.nextLabel, prefix.before(child.symbol) + frame.logY(child.symbol));
            }
        }
    }

    /** Paths that go from a prefix to one that is not in the beam yet. */
    private void extend(Prefix prefix, Frame frame) {
        for (Prefix child = prefix.firstChild(); child != null; child = child.nextSibling()) {
            children[child.symbol] = child;
        }
        for (int i = 0; i < frame.keptCount(); i++) {
            int symbol = frame.kept(i);
            Prefix child = children[symbol];
            if (symbol != blank && (child == null || !child.inBeam)) {
                extend(prefix, symbol, child, prefix.before(symbol) + frame.logY(symbol));
            }
        }
        for (Prefix child = prefix.firstChild(); child != null; child = child.nextSibling()) {
            children[child.symbol] = null;
        }
    }

    private void extend(Prefix prefix, int symbol, @Nullable Prefix inTree, double logP) {
        if (logP == NEGATIVE_INFINITY) {
            return;
        }
        Scorer.State state = inTree == null ? prefix.state.append(symbol) : inTree.state;
        double rank = logP + state.score();
        if (best.size() == width && rank < worst().rank) {
            return;
        }
        Prefix extended = inTree == null ? prefix.extended(symbol, state) : inTree;
        extended.nextBlank = NEGATIVE_INFINITY;
        extended.nextLabel = logP;
        extended.nextTotal = logP;
        offer(extended, rank);
    }

    /** Takes a prefix for the next beam, if it is among the best so far. */
    private void offer(Prefix prefix, double rank) {
        if (!(rank < POSITIVE_INFINITY)) {
            throw new IllegalStateException(
                    "the score of labels %s is %s".formatted(Arrays.toString(prefix.labels()), rank));
        }
        if (rank == NEGATIVE_INFINITY) {
            return;
        }
        prefix.rank = rank;
        if (best.size() < width) {
            best.add(prefix);
        } else if (BEST_FIRST.compare(prefix, worst()) < 0) {
            best.remove();
            best.add(prefix);
        }
    }

    private Prefix worst() {
        return best.element();
    }

    private void replaceBeam() {
        List<Prefix> previous = beam;
        beam = List.copyOf(best);
        best.clear();
        for (Prefix prefix : previous) {
            prefix.inBeam = false;
        }
        for (Prefix prefix : beam) {
            prefix.add();
            prefix.attach();
            prefix.inBeam = true;
        }
        for (Prefix prefix : previous) {
            prefix.detach();
        }
    }

    /** Whether no prefix is possible any more. */
    boolean isEmpty() {
        return beam.isEmpty();
    }

    /** The best prefix so far, as the beginning of a longer labelling; there is one unless the beam is empty. */
    Prefix best() {
        for (Prefix prefix : beam) {
            prefix.rank = prefix.total + prefix.state.score();
        }
        return Collections.min(beam, BEST_FIRST);
    }

    /** The longest prefix of all prefixes of the beam, and so of all that ever come after them. */
    Prefix common() {
        Prefix common = beam.get(0);
        for (Prefix prefix : beam) {
            common = common.common(prefix);
        }
        return common;
    }

    /** The best complete labellings, at most so many, the best first. */
    List<Hypothesis> hypotheses(int most) {
        for (Prefix prefix : beam) {
            prefix.rank = prefix.total + prefix.state.endScore();
        }
        return beam.stream()
                .filter(prefix -> prefix.rank > NEGATIVE_INFINITY)
                .sorted(BEST_FIRST)
                .limit(most)
                .map(prefix -> new Hypothesis(prefix.labels(), prefix.total, prefix.state.endScore()))
                .toList();
    }

    /** ln(eᵃ + eᵇ). */
    private static double logSum(double a, double b) {
        double larger = Math.max(a, b);
        double smaller = Math.min(a, b);
        return smaller == NEGATIVE_INFINITY ? larger : larger + Math.log1p(Math.exp(smaller - larger));
    }
}
