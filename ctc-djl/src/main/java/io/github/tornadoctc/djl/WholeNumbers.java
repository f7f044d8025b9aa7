package io.github.tornadoctc.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * The values of an array of labels or lengths. DJL's datasets give them as any type, float32 often; what is no whole number
 * is refused, and a fraction cut off nowhere.
 */
final class WholeNumbers {
    private final String name;
    private final int columns;
    private final double[] values;

    private WholeNumbers(String name, int columns, double... values) {
        this.name = name;
        this.columns = columns;
        this.values = values;
    }

    /** A table, which an error names as {@code name[row][column]}. */
    static WholeNumbers table(String name, NDArray array) {
        return new WholeNumbers(name, (int) array.getShape().get(1), read(name, array));
    }

    /** One number for each utterance, which an error names as {@code name[b]}. */
    static int[] column(String name, NDArray array) {
        WholeNumbers numbers = new WholeNumbers(name, 0, read(name, array));
        int[] column = new int[numbers.values.length];
        for (int b = 0; b < column.length; b++) {
            column[b] = numbers.at(b);
        }
        return column;
    }

    /** Every int, and more whole numbers than that, is a double: nothing is rounded that could be a label. */
    private static double[] read(String name, NDArray array) {
        DataType type = array.getDataType();
        if (!type.isInteger() && !type.isFloating()) {
            throw new IllegalArgumentException(
                    "%s is of type %s; any integer or floating-point type would do".formatted(name, type));
        }
        if (array.isEmpty()) {
            return new double[0];
        }
        try (NDArray doubles = array.toType(DataType.FLOAT64, true);
                NDArray onHost = doubles.toDevice(Device.cpu(), true)) {
            return onHost.toDoubleArray();
        }
    }

    /**
     * The number at an index.
     *
     * @throws IllegalArgumentException if it is no whole number, or none that an int holds
     */
    int at(int index) {
        int number = (int) values[index];
        if (number != values[index]) {
            throw new IllegalArgumentException(
                    "%s = %s is not a whole number of 32 bits".formatted(place(index), values[index]));
        }
        return number;
    }

    private String place(int index) {
        return columns == 0
                ? "%s[%d]".formatted(name, index)
                : "%s[%d][%d]".formatted(name, index / columns, index % columns);
    }
}
