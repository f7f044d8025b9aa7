package io.github.tornadoctc.spark;

import io.github.tornadoctc.CtcBackends;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Losses, alignments and texts of utterances in a Spark {@code Dataset}, an utterance a row. The columns that are read are
 * those of {@link CorpusColumns}; others are not kept, and can be had again by a join on the id. A row becomes a row, and
 * rows stay in their partitions, in their order. All results begin with
 *
 * <ul>
 *   <li>{@code id}: the row's own. Nothing is made of its being unique: two rows of the same id become two rows;
 *   <li>{@code status}: {@code OK}, {@code INFEASIBLE} or {@code NON_FINITE}, see {@link io.github.tornadoctc.CtcStatus}, or
 *       {@code INVALID} if the row is no utterance;
 *   <li>{@code error}: what is wrong with an invalid row, else null;
 *   <li>{@code frames}: T; null of an invalid row, as all columns after it.
 * </ul>
 *
 * <p>A bad row is never the job's end; a column that is missing or of a wrong type is, before anything is computed. So is a
 * backend that cannot be used on an executor.
 *
 * <p>Rows are formed into batches by the memory that these take, whatever Spark's partitions are. As the results of a
 * backend do not depend on the batch, they are the same bits however rows are distributed, and as in a single process.
 * Executors need JVMs of version 25 or newer.
 *
 * <p>Of files of Parquet, of which nothing is done but to take columns, scores are read where Spark's reader has them. Spark
 * plans the reading of these when the function is called, and no longer shows it in the plan of the result.
 *
 * <p>A task holds a window of rows, the row that ended it, and a batch ({@link CorpusOptions}) at a time, beside what Spark's
 * reader holds. That reads up to {@code spark.sql.parquet.columnarReaderBatchSize} rows at once, 4096 unless it is set; of
 * utterances 32 are enough.
 */
public final class CtcFunctions {
    /** The status of a row that is no utterance, beside those of {@link io.github.tornadoctc.CtcStatus}. */
    public static final String INVALID = "INVALID";

    private CtcFunctions() {}

    /**
     * CTC losses: a column {@code loss} (double, −ln p(target | scores) in nats).
     *
     * @param utterances columns id, T, V, scores and target
     * @throws IllegalArgumentException if a column is missing or of a wrong type, or there is no backend of that name
     */
    public static Dataset<Row> loss(Dataset<Row> utterances, CorpusOptions options) {
        return map(utterances, new LossOperation(options), options);
    }

    /**
     * Forced alignments: {@code loss} as {@link #loss} has it, {@code score} (double, ln of the most probable path's
     * probability), {@code confidence} (double, see {@link io.github.tornadoctc.align.Confidence}) and {@code spans}, an array
     * of one struct for each label: {@code symbol} and its {@code token}, if tokens are given, {@code start} and {@code end} in
     * frames, the end exclusive, {@code score}, the mean log-probability in these frames, and {@code confidence}. The last two
     * columns are null unless the status is {@code OK}.
     *
     * @param utterances columns id, T, V, scores and target; in a text {@code *} stands for anything or nothing
     * @throws IllegalArgumentException if a column is missing or of a wrong type, or there is no backend of that name
     */
    public static Dataset<Row> align(Dataset<Row> utterances, CorpusOptions options) {
        return map(utterances, new AlignOperation(options), options);
    }

    /**
     * What is said: {@code text}, if tokens are given, {@code labels} (array of int) and {@code score} (double, ln of the
     * labelling's probability; with a beam of 1 that of its best path). Null unless the status is {@code OK}.
     *
     * @param utterances columns id, T, V and scores
     * @throws IllegalArgumentException if a column is missing or of a wrong type
     */
    public static Dataset<Row> decode(Dataset<Row> utterances, CorpusOptions options) {
        return map(utterances, new DecodeOperation(options), options);
    }

    private static Dataset<Row> map(Dataset<Row> utterances, CorpusOperation operation, CorpusOptions options) {
        if (!options.backend().equals("auto")) {
            CtcBackends.provider(options.backend());
        }
        CorpusInput input = options.input();
        InputColumns columns = new InputColumns(utterances.schema(), input, operation.needsTarget());
        InputColumns.Selected selected = columns.select(utterances);
        @Nullable
        ScoreFiles files = columns.hasScoreFiles()
                ? new ScoreFiles(
                        new SerializableConfiguration(
                                utterances.sparkSession().sparkContext().hadoopConfiguration()),
                        input.directory())
                : null;
        return new Partitions(operation, options, files).map(selected, operation.schema(columns.idType()));
    }
}
