package io.github.tornadoctc.cpu.align;

/**
 * One step of Viterbi's recursion over neighbouring pairs of states. With δ of the frame before,
 *
 * <pre>
 * blank′(i) = max(blank(i), label(i − 1)) + emission of the blank
 * label′(i) = max(label(i), blank(i), label(i − 1) if they may follow each other) + emission of label i
 * </pre>
 *
 * <p>where of equal ones the first is taken.
 */
public interface MaxPlus {

    /** Whether scores of so many symbols are looked up in their row, without having been copied from there. */
    boolean looksUp(int symbols);

    /**
     * Advances δ of pairs first to last, rounded out to whole groups of eight, and notes in that row where the best paths
     * came from.
     */
    void advance(Delta delta, TargetPairs target, Emissions emissions, int first, int last, BackPointers back, int row);
}
