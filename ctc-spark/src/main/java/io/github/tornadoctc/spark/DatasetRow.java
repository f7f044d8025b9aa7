package io.github.tornadoctc.spark;

import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/** A row as functions on a {@code Dataset} get it. */
final class DatasetRow implements UtteranceRow {
    private final Row row;
    private final int[] positions;

    private DatasetRow(Row row, int... positions) {
        this.row = row;
        this.positions = positions;
    }

    /**
     * Such rows.
     *
     * @param positions where in a row the columns are, by the constants of {@link InputColumns}; -1 of those that are missing
     */
    static Iterator<UtteranceRow> all(Iterator<Row> rows, int... positions) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public UtteranceRow next() {
                return new DatasetRow(rows.next(), positions);
            }
        };
    }

    @Override
    public boolean isNull(int column) {
        return positions[column] < 0 || row.isNullAt(positions[column]);
    }

    @Override
    public Object id() {
        return row.get(positions[InputColumns.ID]);
    }

    @Override
    public boolean isText(int column) {
        return row.get(positions[column]) instanceof String;
    }

    @Override
    public boolean hasBinaryScores() {
        return row.get(positions[InputColumns.SCORES]) instanceof byte[];
    }

    @Override
    public long integer(int column) {
        return ((Number) row.get(positions[column])).longValue();
    }

    @Override
    public String text(int column) {
        return row.getString(positions[column]);
    }

    @Override
    public MemorySegment bytes(int column) {
        return MemorySegment.ofArray((byte[]) row.get(positions[column]));
    }

    @Override
    public Numbers numbers(int column) {
        return new OfList(row.getList(positions[column]));
    }

    /** An array as a row has it. */
    private record OfList(List<Number> numbers) implements Numbers {
        @Override
        public int size() {
            return numbers.size();
        }

        @Override
        public boolean isNull(int i) {
            return numbers.get(i) == null;
        }

        @Override
        public long integer(int i) {
            return numbers.get(i).longValue();
        }

        @Override
        public float real(int i) {
            return numbers.get(i).floatValue();
        }
    }
}
