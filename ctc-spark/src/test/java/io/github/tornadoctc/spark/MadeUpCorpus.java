package io.github.tornadoctc.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Writes a corpus of made-up utterances, each of which depends on its id alone. What it takes: a directory, how many
 * utterances, T, V, U, and in how many files.
 */
public final class MadeUpCorpus {
    static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.LongType)
            .add("T", DataTypes.IntegerType)
            .add("V", DataTypes.IntegerType)
            .add("scores", DataTypes.BinaryType)
            .add("target", DataTypes.createArrayType(DataTypes.IntegerType));

    private MadeUpCorpus() {}

    /** Writes one. */
    public static void main(String[] args) throws IOException {
        try (SparkSession session = SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", false)
                .getOrCreate()) {
            int[] sizes =
                    Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray();
            write(session, args[0], sizes[0], id -> sizes[1], sizes[2], sizes[3], sizes[4]);
        }
    }

    /** How many frames an utterance has, by its id. */
    public interface Frames extends Serializable {
        int of(long id);
    }

    /** Writes one whose utterances are as long as they are said to be, with at most so many labels. */
    public static void write(
            SparkSession session, String directory, int count, Frames frames, int symbols, int labels, int files) {
        MapPartitionsFunction<Long, Row> make = ids -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return ids.hasNext();
            }

            @Override
            public Row next() {
                return row(ids.next(), frames, symbols, labels);
            }
        };
        Dataset<Long> ids = session.range(0, count, 1, files);
        ids.mapPartitions(make, Encoders.row(SCHEMA))
                .write()
                .mode(SaveMode.Overwrite)
                .option("parquet.block.size", 16 << 20)
                .option("compression", "uncompressed")
                .parquet(directory);
    }

    static Row row(long id, Frames lengths, int symbols, int labels) {
        SplittableRandom random = new SplittableRandom(id);
        int frames = lengths.of(id);
        ByteBuffer scores = ByteBuffer.allocate(Float.BYTES * frames * symbols).order(ByteOrder.LITTLE_ENDIAN);
        while (scores.hasRemaining()) {
            scores.putFloat((float) random.nextGaussian());
        }
        int[] target = LongStream.range(0, Math.min(labels, frames / 2))
                .mapToInt(u -> 1 + random.nextInt(symbols - 1))
                .toArray();
        return RowFactory.create(id, frames, symbols, scores.array(), target);
    }
}
