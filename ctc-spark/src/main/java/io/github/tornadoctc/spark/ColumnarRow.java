package io.github.tornadoctc.spark;

import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntToLongFunction;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/**
 * A row of a batch of columns, which is what Spark's reader of Parquet makes: read where it is, and not from the row that Spark
 * would copy it to.
 */
final class ColumnarRow implements UtteranceRow, Iterator<UtteranceRow> {
    private final Iterator<ColumnarBatch> batches;
    private final int[] positions;
    private final @Nullable ColumnVector[] columns;
    private int rows;
    private int row = -1;

    /**
     * All rows of these batches, of which it is one after the other.
     *
     * @param positions where in a batch the columns are, by the constants of {@link InputColumns}; -1 of those that are missing
     */
    ColumnarRow(Iterator<ColumnarBatch> batches, int... positions) {
        this.batches = batches;
        this.positions = positions;
        this.columns = new ColumnVector[positions.length];
    }

    @Override
    public boolean hasNext() {
        while (row + 1 >= rows && batches.hasNext()) {
            ColumnarBatch batch = batches.next();
            for (int i = 0; i < columns.length; i++) {
                columns[i] = positions[i] < 0 ? null : batch.column(positions[i]);
            }
            rows = batch.numRows();
            row = -1;
        }
        return row + 1 < rows;
    }

    @Override
    public UtteranceRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        row++;
        return this;
    }

    private ColumnVector column(int index) {
        ColumnVector column = columns[index];
        if (column == null) {
            throw new IllegalStateException("no column " + index);
        }
        return column;
    }

    @Override
    public boolean isNull(int index) {
        ColumnVector column = columns[index];
        return column == null || column.isNullAt(row);
    }

    @Override
    public Object id() {
        ColumnVector column = column(InputColumns.ID);
        DataType type = column.dataType();
        if (type.equals(DataTypes.LongType)) {
            return column.getLong(row);
        } else if (type.equals(DataTypes.IntegerType)) {
            return column.getInt(row);
        } else if (type.equals(DataTypes.ShortType)) {
            return column.getShort(row);
        } else if (type.equals(DataTypes.ByteType)) {
            return column.getByte(row);
        }
        return text(InputColumns.ID);
    }

    @Override
    public boolean isText(int index) {
        return column(index).dataType().equals(DataTypes.StringType);
    }

    @Override
    public boolean hasBinaryScores() {
        return column(InputColumns.SCORES).dataType().equals(DataTypes.BinaryType);
    }

    @Override
    public long integer(int index) {
        ColumnVector column = column(index);
        return integers(column, column.dataType()).applyAsLong(row);
    }

    private static IntToLongFunction integers(ColumnVector column, DataType type) {
        if (type.equals(DataTypes.IntegerType)) {
            return column::getInt;
        } else if (type.equals(DataTypes.LongType)) {
            return column::getLong;
        }
        return type.equals(DataTypes.ShortType) ? column::getShort : column::getByte;
    }

    @Override
    public String text(int index) {
        return column(index).getUTF8String(row).toString();
    }

    @Override
    public MemorySegment bytes(int index) {
        ColumnVector column = column(index);
        if (column instanceof WritableColumnVector written && !written.hasDictionary()) {
            return MemorySegment.ofBuffer(
                    written.arrayData().getByteBuffer(written.getArrayOffset(row), written.getArrayLength(row)));
        }
        return MemorySegment.ofArray(column.getBinary(row));
    }

    @Override
    public Numbers numbers(int index) {
        ColumnVector column = column(index);
        return new OfArray(column.getArray(row), ((ArrayType) column.dataType()).elementType());
    }

    /** An array where it is. */
    private record OfArray(ColumnarArray array, DataType type) implements Numbers {
        @Override
        public int size() {
            return array.numElements();
        }

        @Override
        public boolean isNull(int i) {
            return array.isNullAt(i);
        }

        @Override
        public long integer(int i) {
            if (type.equals(DataTypes.IntegerType)) {
                return array.getInt(i);
            } else if (type.equals(DataTypes.LongType)) {
                return array.getLong(i);
            }
            return type.equals(DataTypes.ShortType) ? array.getShort(i) : array.getByte(i);
        }

        @Override
        public float real(int i) {
            return type.equals(DataTypes.FloatType) ? array.getFloat(i) : (float) array.getDouble(i);
        }
    }
}
