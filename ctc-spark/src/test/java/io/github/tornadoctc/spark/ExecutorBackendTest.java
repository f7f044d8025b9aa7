package io.github.tornadoctc.spark;

import static io.github.tornadoctc.spark.LocalSpark.ON_CPU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What a backend does once, and what becomes of what it refuses. */
class ExecutorBackendTest {
    private static final CorpusOptions COUNTING = ON_CPU.withBackend("counting");

    @Test
    void aJvmOpensABackendOnceForAllTasksAndJobs() {
        Dataset<Row> rows = LocalSpark.dataset(
                Spoken.several(50, 10, 5).stream().map(Spoken::row).toList(), Spoken.SCHEMA, 8);
        CtcFunctions.loss(rows, COUNTING).collectAsList();
        CtcFunctions.loss(rows, COUNTING).collectAsList();
        assertThat(CountingProvider.OPENED).hasValue(1);
    }

    /** Such as one that is too large for a device: the others of its batch are computed. */
    @Test
    void anUtteranceThatTheBackendRefusesIsARowWithItsError() {
        Random random = new Random(6);
        List<Spoken> utterances = List.of(
                Spoken.random(random, "a", 76, 5),
                Spoken.random(random, "b", CountingProvider.TOO_LONG, 5),
                Spoken.random(random, "c", 75, 5));
        assertThat(CtcFunctions.loss(LocalSpark.dataset(utterances).coalesce(1), COUNTING)
                        .sort("id")
                        .collectAsList())
                .extracting(row -> row.getAs("status") + " " + row.getAs("error"))
                .containsExactly("OK null", "INVALID 77 frames do not fit this device", "OK null");
    }

    /** No row is to blame. */
    @Test
    void aBackendThatCannotBeUsedFailsTheJob() {
        Dataset<Row> rows = LocalSpark.dataset(Spoken.several(5, 10, 7));
        assertThatThrownBy(() ->
                        CtcFunctions.loss(rows, ON_CPU.withBackend("unusable")).collectAsList())
                .isInstanceOf(SparkException.class)
                .hasStackTraceContaining("backend unusable cannot be used here: it never can");
    }
}
