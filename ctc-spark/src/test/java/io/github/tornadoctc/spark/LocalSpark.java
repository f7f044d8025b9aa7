package io.github.tornadoctc.spark;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A session in this JVM, with two tasks at a time; for all tests. */
public final class LocalSpark {
    public static final SparkSession SESSION = SparkSession.builder()
            .master("local[2]")
            .appName("tests")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.sql.parquet.columnarReaderBatchSize", 32)
            .getOrCreate();

    /** On that backend, which gives the same bits to all. */
    public static final CorpusOptions ON_CPU = CorpusOptions.defaults().withBackend("cpu");

    private LocalSpark() {}

    static Dataset<Row> dataset(List<Row> rows, StructType schema, int partitions) {
        return SESSION.createDataFrame(rows, schema).repartition(partitions);
    }

    static Dataset<Row> dataset(List<Spoken> utterances) {
        return dataset(utterances.stream().map(Spoken::row).toList(), Spoken.SCHEMA, 3);
    }
}
