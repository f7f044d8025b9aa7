package io.github.tornadoctc.spark;

import java.lang.foreign.MemorySegment;
import org.apache.parquet.example.data.Group;

/** A row of a {@link MadeUpCorpus} as parquet-java reads it. */
record GroupRow(Group group) implements UtteranceRow {
    private static final String[] NAMES = {"id", "T", "V", "scores", "dtype", "target"};

    @Override
    public boolean isNull(int column) {
        return column == InputColumns.TYPE;
    }

    @Override
    public Object id() {
        return group.getLong("id", 0);
    }

    @Override
    public boolean isText(int column) {
        return false;
    }

    @Override
    public boolean hasBinaryScores() {
        return true;
    }

    @Override
    public long integer(int column) {
        return group.getInteger(NAMES[column], 0);
    }

    @Override
    public String text(int column) {
        throw new IllegalStateException("no text");
    }

    @Override
    public MemorySegment bytes(int column) {
        return MemorySegment.ofBuffer(group.getBinary(NAMES[column], 0).toByteBuffer());
    }

    @Override
    public Numbers numbers(int column) {
        return new OfList(group.getGroup(NAMES[column], 0));
    }

    /** A list. */
    private record OfList(Group list) implements Numbers {
        @Override
        public int size() {
            return list.getFieldRepetitionCount(0);
        }

        @Override
        public boolean isNull(int i) {
            return false;
        }

        @Override
        public long integer(int i) {
            return list.getGroup(0, i).getInteger(0, 0);
        }

        @Override
        public float real(int i) {
            throw new IllegalStateException("no scores");
        }
    }
}
