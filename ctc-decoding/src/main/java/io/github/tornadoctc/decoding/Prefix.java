package io.github.tornadoctc.decoding;

import static java.lang.Double.NEGATIVE_INFINITY;

import org.jspecify.annotations.Nullable;

/**
 * A node of the tree of prefixes: the labels from the root to here. Of the frames so far it knows ln of two sums over the
 * paths that collapse to it, those that end in a blank and those that end in its last label; they go on differently where
 * that label comes again.
 */
final class Prefix {
    private static final int NO_SYMBOL = -1;

    final @Nullable Prefix parent;
    final int symbol;
    final int length;
    final Scorer.State state;

    /** ln of the sum over paths that end in a blank, and of all. */
    double blank;

    double label;
    double total;

    /** The same with the frame that is being added; the total is what prefixes are ranked by, once the scorer's is added. */
    double nextBlank;

    double nextLabel;
    double nextTotal;
    double rank;

    boolean inBeam;
    private boolean attached;
    private @Nullable Prefix firstChild;
    private @Nullable Prefix nextSibling;

    private Prefix(@Nullable Prefix parent, int symbol, int length, Scorer.State state) {
        this.parent = parent;
        this.symbol = symbol;
        this.length = length;
        this.state = state;
    }

    /** The empty prefix, before the first frame: one path, of no frames, which may be followed by any symbol. */
    static Prefix root(Scorer.State state) {
        Prefix root = new Prefix(null, NO_SYMBOL, 0, state);
        root.blank = 0;
        root.label = NEGATIVE_INFINITY;
        root.total = 0;
        root.rank = state.score();
        root.inBeam = true;
        return root;
    }

    /** This prefix with one more label, which is not in the tree yet. */
    Prefix extended(int label, Scorer.State newState) {
        return new Prefix(this, label, length + 1, newState);
    }

    /** Another blank after all paths, or the last label again after those that end in it. */
    void stay(Frame frame, int blankSymbol) {
        nextBlank = total + frame.logY(blankSymbol);
        nextLabel = length == 0 ? NEGATIVE_INFINITY : label + frame.logY(symbol);
    }

    /** ln of the sum over the paths that one more label may come after: only after a blank, if it is the last one again. */
    double before(int next) {
        return next == symbol ? blank : total;
    }

    void add() {
        blank = nextBlank;
        label = nextLabel;
        total = nextTotal;
    }

    /** Puts this prefix into the tree, unless it is there already. */
    void attach() {
        if (parent != null && !attached) {
            nextSibling = parent.firstChild;
            parent.firstChild = this;
            attached = true;
        }
    }

    /** Takes this prefix out of the tree, and those before it, as far as they lead nowhere any more. */
    void detach() {
        Prefix leaf = this;
        while (leaf.parent != null && !leaf.inBeam && leaf.firstChild == null) {
            leaf.parent.remove(leaf);
            leaf.attached = false;
            leaf = leaf.parent;
        }
    }

    private void remove(Prefix child) {
        if (firstChild == child) {
            firstChild = child.nextSibling;
            return;
        }
        for (Prefix before = firstChild; before != null; before = before.nextSibling) {
            if (before.nextSibling == child) {
                before.nextSibling = child.nextSibling;
                return;
            }
        }
    }

    @Nullable
    Prefix firstChild() {
        return firstChild;
    }

    @Nullable
    Prefix nextSibling() {
        return nextSibling;
    }

    int[] labels() {
        int[] labels = new int[length];
        for (Prefix at = this; at.parent != null; at = at.parent) {
            labels[at.length - 1] = at.symbol;
        }
        return labels;
    }

    /** The longest prefix of both. */
    Prefix common(Prefix other) {
        Prefix a = ancestor(this, other.length);
        Prefix b = ancestor(other, length);
        while (a != b) {
            a = parent(a);
            b = parent(b);
        }
        return a;
    }

    /** In the order of a dictionary: by the first label that differs, and a prefix before what it is a prefix of. */
    int compareLabels(Prefix other) {
        Prefix a = ancestor(this, other.length);
        Prefix b = ancestor(other, length);
        if (a == b) {
            return Integer.compare(length, other.length);
        }
        while (a.parent != b.parent) {
            a = parent(a);
            b = parent(b);
        }
        return Integer.compare(a.symbol, b.symbol);
    }

    /** The beginning of a prefix that has at most so many labels. */
    private static Prefix ancestor(Prefix of, int atMost) {
        Prefix at = of;
        while (at.length > atMost) {
            at = parent(at);
        }
        return at;
    }

    private static Prefix parent(Prefix of) {
        if (of.parent == null) {
            throw new IllegalStateException("the empty prefix has no parent");
        }
        return of.parent;
    }
}
