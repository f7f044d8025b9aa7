package io.github.tornadoctc.spark;

import static io.github.tornadoctc.spark.LocalSpark.ON_CPU;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.io.NpyArray;
import io.github.tornadoctc.io.NpyFile;
import io.github.tornadoctc.io.NpyType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are read as columns, and whatever is in them becomes the rows that it becomes of a dataset's rows. */
class ColumnarScanTest {
    private static final List<Spoken> UTTERANCES = Spoken.several(100, 30, 8);
    private static final String READS_COLUMNS = "spark.sql.parquet.enableVectorizedReader";

    @TempDir
    Path directory;

    private Dataset<Row> written(Dataset<Row> rows) {
        String corpus = directory.resolve("corpus").toString();
        rows.write().parquet(corpus);
        return LocalSpark.SESSION.read().parquet(corpus);
    }

    private static boolean isScan(Dataset<Row> rows, CorpusOptions options) {
        InputColumns columns = new InputColumns(rows.schema(), options.input(), true);
        return ColumnarScan.of(columns.select(rows)).isPresent();
    }

    private static List<Row> sorted(Dataset<Row> results) {
        return results.sort("id").collectAsList();
    }

    /** Both ways, which may be told apart by nothing. */
    private static List<Row> assertSame(Dataset<Row> files, CorpusOptions options) {
        assertThat(isScan(files, options)).isTrue();
        List<Row> ofColumns = sorted(CtcFunctions.align(files, options));
        LocalSpark.SESSION.conf().set(READS_COLUMNS, false);
        try {
            assertThat(isScan(files, options)).isFalse();
            assertThat(ofColumns).isEqualTo(sorted(CtcFunctions.align(files, options)));
        } finally {
            LocalSpark.SESSION.conf().unset(READS_COLUMNS);
        }
        assertThat(ofColumns).isNotEmpty();
        return ofColumns;
    }

    /** Of all types of each column, and some that are null. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "id as id",
                "cast(substring(id, 11) as tinyint) as id",
                "cast(substring(id, 11) as smallint) as id",
                "cast(substring(id, 11) as int) as id",
                "cast(substring(id, 11) as bigint) as id",
                "if(id like '%7', null, id) as id",
                "cast(T as smallint) as T",
                "cast(T as bigint) as T",
                "if(id like '%7', null, T) as T",
                "cast(V as tinyint) as V",
                "if(id like '%7', null, V) as V",
                "if(id like '%7', null, scores) as scores",
                "if(id like '%7', 'float32', null) as dtype",
                "if(id like '%7', 'int8', 'float32') as dtype",
                "cast(target as array<tinyint>) as target",
                "cast(target as array<smallint>) as target",
                "cast(target as array<bigint>) as target",
                "if(id like '%7', null, target) as target",
                "if(id like '%7', array(1, null), target) as target"
            })
    void rowsAreTheSame(String column) {
        Dataset<Row> rows = LocalSpark.dataset(UTTERANCES);
        String name = column.replaceFirst(".* as ", "");
        List<String> columns = new ArrayList<>(List.of(rows.drop(name).columns()));
        columns.add(column);
        Dataset<Row> files = written(rows.selectExpr(columns.toArray(String[]::new)));
        assertThat(assertSame(files, ON_CPU.withMemory(8 << 10, 32 << 10))).hasSameSizeAs(UTTERANCES);
    }

    /** Twenty rows of the same scores, of which the file has a dictionary. */
    @ParameterizedTest
    @ValueSource(strings = {"scores", "array(1.5F, 0F, -2F, 3F) as scores", "array(1.5D, 0D, null, 3D) as scores"})
    void valuesMayBeInADictionary(String scores) {
        Spoken one = Spoken.random(new Random(5), "x", 2, 2);
        Dataset<Row> rows = LocalSpark.SESSION
                .range(0, 20, 1, 1)
                .crossJoin(LocalSpark.dataset(List.of(one)).drop("id"))
                .selectExpr("id", "T", "V", scores, "array(1) as target", "'float32' as dtype");
        assertThat(assertSame(written(rows), ON_CPU)).hasSize(20);
    }

    @Test
    void scoresMayBeInFilesAndTargetsTexts() throws IOException {
        Spoken one = Spoken.random(new Random(5), "x", 6, 3);
        NpyFile.write(
                directory.resolve("x.npy"), NpyArray.of(NpyType.FLOAT32, MemorySegment.ofArray(one.float32()), 6, 3));
        Dataset<Row> rows = LocalSpark.SESSION.sql(
                "select 'a' as id, 'x.npy' as scores, 'ab' as target union all select 'b', 'none.npy', 'a'"
                        + " union all select 'c', 'x.npy', 'é' union all select 'd', null, 'a'");
        CorpusOptions options = ON_CPU.withInput(
                CorpusInput.defaults().withDirectory(directory.toString()).withTokens(List.of("<blank>", "a", "b")));
        assertThat(assertSame(written(rows), options))
                .extracting(row -> row.<String>getAs("status"))
                .containsExactly("OK", "INVALID", "INVALID", "INVALID");
    }

    /** Files of one table may lack columns, and have others; names of directories are columns as well. */
    @Test
    void filesMayDiffer() {
        Dataset<Row> rows = LocalSpark.dataset(UTTERANCES);
        String corpus = directory.resolve("corpus").toString();
        rows.selectExpr("target", "T", "id", "scores", "V").write().parquet(corpus + "/dtype=float32/lang=en");
        rows.selectExpr("id", "T", "V", "scores", "'x' as more").write().parquet(corpus + "/dtype=float16/lang=de");
        Dataset<Row> files =
                LocalSpark.SESSION.read().option("mergeSchema", true).parquet(corpus);
        assertThat(assertSame(files, ON_CPU)).hasSize(2 * UTTERANCES.size());
    }

    /** Of one column more often than once, too. */
    @Test
    void aColumnMayHaveSeveralParts() {
        Spoken square = Spoken.random(new Random(5), "x", 4, 4);
        CorpusOptions options = ON_CPU.withInput(
                CorpusInput.defaults().withColumns(CorpusColumns.defaults().with("V", "T")));
        assertThat(assertSame(written(LocalSpark.dataset(List.of(square)).drop("V")), options))
                .extracting(row -> row.<String>getAs("status"))
                .containsExactly("OK");
    }

    @ParameterizedTest
    @CsvSource({"spark.sql.columnVector.offheap.enabled, true", "spark.sql.parquet.columnarReaderBatchSize, 1"})
    void theReaderMayBeSetOtherwise(String key, String value) {
        Dataset<Row> files = written(LocalSpark.dataset(UTTERANCES));
        String before = LocalSpark.SESSION.conf().get(key);
        LocalSpark.SESSION.conf().set(key, value);
        try {
            assertSame(files, ON_CPU);
        } finally {
            LocalSpark.SESSION.conf().set(key, before);
        }
    }

    /** What does more than read is Spark's own business. */
    @ParameterizedTest
    @ValueSource(strings = {"T > 10", "id not in ('utterance-3')"})
    void whatIsNotOnlyReadHasRows(String condition) {
        Dataset<Row> files = written(LocalSpark.dataset(UTTERANCES));
        Dataset<Row> some = files.where(condition);
        assertThat(isScan(some, ON_CPU)).isFalse();
        assertThat(sorted(CtcFunctions.loss(some, ON_CPU)))
                .hasSize((int) some.count())
                .isEqualTo(
                        sorted(CtcFunctions.loss(LocalSpark.dataset(UTTERANCES).where(condition), ON_CPU)));
        assertThat(isScan(LocalSpark.dataset(UTTERANCES), ON_CPU)).isFalse();
    }
}
