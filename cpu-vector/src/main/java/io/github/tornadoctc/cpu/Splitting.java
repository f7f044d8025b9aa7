package io.github.tornadoctc.cpu;

/**
 * What of a batch is split.
 *
 * @param utterances how many, the dearest ones
 * @param rowsFirst whether their rows come before whole utterances, for those to whom it is their directions that take long
 */
record Splitting(int utterances, boolean rowsFirst) {
    static final Splitting NONE = new Splitting(0, true);
}
