package io.github.tornadoctc.spark;

import java.lang.foreign.MemorySegment;

/**
 * The columns of a row, by the constants of {@link InputColumns}, whatever it is that holds them. It is good until the next
 * row is asked for. Only what is not null may be read, and only as what its column is.
 */
interface UtteranceRow {
    /** Whether there is nothing, which is so of all rows if the column is missing. */
    boolean isNull(int column);

    /** What identifies it, as results have it: a string or a boxed integer of the column's own width. */
    Object id();

    /** Whether a column is text: scores that are in a file, or a target to be spelled. */
    boolean isText(int column);

    /** Whether scores are bytes, and else numbers. */
    boolean hasBinaryScores();

    /** An integer of any width. */
    long integer(int column);

    /** A text. */
    String text(int column);

    /** Bytes, which may be where the next row will be. */
    MemorySegment bytes(int column);

    /** An array. */
    Numbers numbers(int column);

    /** The elements of an array; integers of any width, or floating-point numbers of either. */
    interface Numbers {
        int size();

        boolean isNull(int i);

        long integer(int i);

        float real(int i);
    }
}
