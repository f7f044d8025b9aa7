package io.github.tornadoctc.cpu;

/** The passes over an utterance: {@link Worker} does them on one thread, {@link SplitUtterance} on several. */
interface Passes {

    /** Reads all rows. */
    void readRows(Utterance u);

    /**
     * Does forward-backward in the linear domain and, if it is wanted, writes the gradient.
     *
     * @return false if the utterance does not keep within the budgets of {@link Rescaling}
     */
    boolean linearRecursion(Utterance u);
}
