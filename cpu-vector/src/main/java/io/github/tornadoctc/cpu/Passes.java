package io.github.tornadoctc.cpu;

/** The passes over an utterance: {@link Worker} does them on one thread, {@link SplitUtterance} on several. */
interface Passes {

    /** Reads all rows. */
    void readRows(Utterance u);

    /**
     * Does forward-backward and, if it is wanted, writes the gradient.
     *
     * @return false if the utterance is out of the recursion's range
     */
    boolean recursion(Utterance u, Recursions kind);
}
