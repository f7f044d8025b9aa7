package io.github.tornadoctc.spark;

import static io.github.tornadoctc.spark.LocalSpark.ON_CPU;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A partition streams: what is held of it at a time is bounded, whatever its size. */
class PartitionRowsTest {
    private static final int ROWS = 20_000;
    /** Of a row's scores: 40 frames of 8 symbols. */
    private static final long ROW_BYTES = 4 * 40 * 8;

    private static final long WINDOW = 64 << 10;
    private static final long BATCH = 16 << 10;

    /** Remembers the largest batch, and computes nothing. */
    private record Measuring(List<Long> batchBytes) implements CorpusOperation {
        @Override
        public List<StructField> ownColumns() {
            return List.of();
        }

        @Override
        public boolean needsTarget() {
            return false;
        }

        @Override
        public boolean usesBackend() {
            return false;
        }

        @Override
        public List<Row> compute(CtcBatch batch, List<Utterance> utterances, @Nullable CtcBackend backend) {
            batchBytes.add(batch.scores().byteSize());
            return utterances.stream().map(each -> row(each, "OK")).toList();
        }
    }

    /** Counts what has been taken of it. */
    private static final class Source implements Iterator<Row> {
        private int taken;

        @Override
        public boolean hasNext() {
            return taken < ROWS;
        }

        @Override
        public Row next() {
            taken++;
            return RowFactory.create("u" + taken, 40L, 8L, new byte[(int) ROW_BYTES], null, null);
        }
    }

    @Test
    void neverMoreThanAWindowIsHeld() {
        Source source = new Source();
        CorpusOptions options = ON_CPU.withMemory(BATCH, WINDOW);
        Measuring operation = new Measuring(new ArrayList<>());
        UtteranceReader reader = new UtteranceReader(options.input(), null, null);
        Iterator<Row> rows =
                new PartitionRows(DatasetRow.all(source, 0, 1, 2, 3, 4, 5), reader, operation, options, () -> {
                    throw new IllegalStateException("no backend is needed");
                });
        int given = 0;
        int mostHeld = 0;
        while (rows.hasNext()) {
            assertThat(rows.next().get(0)).isEqualTo("u" + ++given);
            mostHeld = Math.max(mostHeld, source.taken - given);
        }
        assertThat(given).isEqualTo(ROWS);
        // the row that goes over the edge of the window is in it
        assertThat(mostHeld * ROW_BYTES).isBetween(WINDOW / 2, WINDOW);
        assertThat(operation.batchBytes).allMatch(bytes -> bytes <= BATCH);
        assertThat(operation.batchBytes.stream().mapToLong(Long::longValue).sum())
                .isEqualTo(ROWS * ROW_BYTES);
    }
}
