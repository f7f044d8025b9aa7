package io.github.tornadoctc.cpu.align;

/** Looks over rows of V scores. It may have scratch memory, so each thread needs one of its own. */
public interface RowSums {

    /** Fills in what {@link ScoreRows} has of rows [from, to), with the same bits in whatever parts they are done. */
    void read(ScoreRows rows, int from, int to);
}
