package io.github.tornadoctc.compare;

/**
 * Where in a batch a value is; −1 for an index it does not have.
 *
 * @param value which of a result's values
 * @param t its frame
 * @param b its utterance
 * @param v its symbol
 */
public record Place(String value, int t, int b, int v) {
    private static final int NO_INDEX = -1;
    static final Place NOWHERE = new Place("", NO_INDEX, NO_INDEX, NO_INDEX);

    static Place loss(int b) {
        return new Place("losses", NO_INDEX, b, NO_INDEX);
    }

    static Place gradient(int t, int b, int v) {
        return new Place("gradient", t, b, v);
    }

    /** Of the reduced loss, which is the batch's. */
    static Place reduced() {
        return new Place("reduced", NO_INDEX, NO_INDEX, NO_INDEX);
    }

    /** Of a frame's gradient, summed over the symbols. */
    static Place rowSum(int t, int b) {
        return new Place("rowSum", t, b, NO_INDEX);
    }

    /** Of the likelihood that α and β give at a frame. */
    static Place likelihood(int t, int b) {
        return new Place("logLikelihoodAt", t, b, NO_INDEX);
    }

    @Override
    public String toString() {
        if (b < 0) {
            return value;
        }
        if (t < 0) {
            return "%s[%d]".formatted(value, b);
        }
        String frame = "%s[t=%d][b=%d]".formatted(value, t, b);
        return v < 0 ? frame : "%s[v=%d]".formatted(frame, v);
    }
}
