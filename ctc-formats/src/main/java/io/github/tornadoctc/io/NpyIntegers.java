package io.github.tornadoctc.io;

/** The integers of an array. */
record NpyIntegers(String name, NpyArray array, String file) implements Integers {

    /**
     * The integers of an array.
     *
     * @param file for messages
     * @throws BatchFileException if it is of something else
     */
    static NpyIntegers of(String name, NpyArray array, String file) throws BatchFileException {
        NpyType type = array.type();
        if (type == NpyType.BOOL && BatchFields.camelCase(name).endsWith("Lengths")) {
            throw new BatchFileException(
                    "%s: %s: dtype = bool is a mask, which does not say where an utterance ends if it has gaps;"
                                    .formatted(file, name)
                            + " save its row sums, mask.sum(axis=1)");
        }
        // an empty array without a dtype is float64 in NumPy
        if (!type.isInteger() && array.size() > 0) {
            throw new BatchFileException("%s: %s: dtype = %s is no integer type; save %s.astype(numpy.int64)"
                    .formatted(file, name, type, name));
        }
        return new NpyIntegers(name, array, file);
    }

    @Override
    public int rank() {
        return array.rank();
    }

    @Override
    public int length() {
        return array.rank() == 0 ? 1 : array.length(0);
    }

    @Override
    public int width(int row) {
        return array.length(1);
    }

    @Override
    public int value(int row, int column) throws BatchFileException {
        long value = array.longAt(array.rank() == 2 ? row * array.length(1) + column : row);
        boolean tooLarge = array.type() == NpyType.UINT64 && value < 0;
        if (tooLarge || value != (int) value) {
            throw new BatchFileException("%s: %s%s = %s does not fit int32"
                    .formatted(
                            file,
                            name,
                            indices(row, column),
                            tooLarge ? Long.toUnsignedString(value) : Long.toString(value)));
        }
        return (int) value;
    }

    private String indices(int row, int column) {
        return switch (array.rank()) {
            case 0 -> "";
            case 1 -> "[%d]".formatted(row);
            default -> "[%d][%d]".formatted(row, column);
        };
    }

    @Override
    public String shapeText() {
        return array.shapeText();
    }
}
