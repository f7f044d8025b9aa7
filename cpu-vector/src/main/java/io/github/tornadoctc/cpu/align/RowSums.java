package io.github.tornadoctc.cpu.align;

/** Looks over rows of V scores. It may have scratch memory, so each thread needs one of its own. */
public interface RowSums {

    /** Fills largest and sum of rows [from, to), with the same bits in whatever parts they are done. */
    void read(ScoreRows rows, int from, int to);

    /** Writes the V scores of row t, less {@link ScoreRows#reference}, to the front of {@code out}. */
    void differences(ScoreRows rows, int t, double[] out);
}
