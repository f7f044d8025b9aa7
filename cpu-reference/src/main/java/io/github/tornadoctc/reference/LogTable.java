package io.github.tornadoctc.reference;

/** Rows of {@link LogNumber}s. */
final class LogTable {
    private final double[][] high;
    private final double[][] low;

    LogTable(int rows, int columns) {
        high = new double[rows][columns];
        low = new double[rows][columns];
    }

    LogNumber at(int row, int column) {
        return new LogNumber(high[row][column], low[row][column]);
    }

    double valueAt(int row, int column) {
        return high[row][column];
    }

    void set(int row, int column, LogNumber number) {
        high[row][column] = number.high();
        low[row][column] = number.low();
    }

    int rows() {
        return high.length;
    }

    /** The doubles nearest to the numbers; the table's own. */
    double[][] values() {
        return high;
    }
}
