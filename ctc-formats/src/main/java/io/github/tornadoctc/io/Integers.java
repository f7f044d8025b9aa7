package io.github.tornadoctc.io;

/**
 * The integers of a field of a batch: one, a list, or rows. What reads them checks each that is asked for, and no other:
 * padding may be anything.
 */
interface Integers {
    /** The field's name, as the file spells it. */
    String name();

    /** 0 for one integer, 1 for a list, 2 for rows; more are of no field. */
    int rank();

    /** The length of the list, or the number of rows; 1 for one integer. */
    int length();

    /** The integers of a row. */
    int width(int row);

    /**
     * The integer of a list, or that of one.
     *
     * @throws BatchFileException if it is none, or does not fit int32
     */
    default int value(int i) throws BatchFileException {
        return value(i, 0);
    }

    /**
     * An integer of a row; of a list, row i and column 0.
     *
     * @throws BatchFileException if it is none, or does not fit int32
     */
    int value(int row, int column) throws BatchFileException;

    /** The lengths of the axes, as messages show them. */
    String shapeText();

    /** Whether it is a list, or a column, as Keras has lengths: one integer in every row. */
    default boolean isList() {
        if (rank() != 2) {
            return rank() == 1;
        }
        for (int row = 0; row < length(); row++) {
            if (width(row) != 1) {
                return false;
            }
        }
        return true;
    }
}
