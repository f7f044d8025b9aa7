package io.github.tornadoctc.spark;

import static io.github.tornadoctc.spark.LocalSpark.ON_CPU;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.io.NpyArray;
import io.github.tornadoctc.io.NpyFile;
import io.github.tornadoctc.io.NpyType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bad row becomes a row with its error, and its neighbours have the bits that they have without it. */
class BadRowsTest {
    private static final Spoken GOOD = Spoken.random(new Random(3), "good", 6, 4);

    private static final StructType SCHEMA = Spoken.SCHEMA.add("dtype", DataTypes.StringType);

    @TempDir
    Path directory;

    /** Rows that are the good one but for what is given, each between two good ones. */
    private static List<Row> losses(Row... bad) {
        List<Row> rows = new ArrayList<>();
        for (Row each : bad) {
            rows.add(row("good", 6, 4, GOOD.float32(), GOOD.target(), null));
            rows.add(each);
        }
        List<Row> results = CtcFunctions.loss(
                        LocalSpark.SESSION.createDataFrame(rows, SCHEMA).coalesce(1), ON_CPU)
                .collectAsList();
        double loss = lossOfGood();
        List<Row> ofBad = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            if (i % 2 == 0) {
                assertThat(results.get(i).<Double>getAs("loss")).isEqualTo(loss);
            } else {
                ofBad.add(results.get(i));
            }
        }
        assertThat(ofBad).hasSameSizeAs(bad);
        return ofBad;
    }

    private static double lossOfGood() {
        try (CtcBackend cpu = CtcBackends.open("cpu")) {
            return cpu.compute(GOOD.batch(), CtcOptions.defaults()).loss(0);
        }
    }

    private static Row row(
            @Nullable String id,
            @Nullable Integer frames,
            @Nullable Integer symbols,
            byte @Nullable [] scores,
            @Nullable Object target,
            @Nullable String type) {
        return RowFactory.create(id, frames, symbols, scores, target, type);
    }

    private static Row withTarget(@Nullable Object target) {
        return row("bad", 6, 4, GOOD.float32(), target, null);
    }

    @Test
    void everyKindOfFaultIsNamed() {
        byte[] scores = GOOD.float32();
        List<Row> results = losses(
                row(null, 6, 4, scores, List.of(1), null),
                row("bad", null, 4, scores, List.of(1), null),
                row("bad", 6, null, scores, List.of(1), null),
                row("bad", 6, 4, null, List.of(1), null),
                withTarget(null),
                row("bad", -1, 4, scores, List.of(1), null),
                row("bad", 6, 0, scores, List.of(1), null),
                row("bad", 5, 4, scores, List.of(1), null),
                row("bad", 6, 4, Arrays.copyOf(scores, 95), List.of(1), null),
                row("bad", Integer.MAX_VALUE, Integer.MAX_VALUE, scores, List.of(1), null),
                row("bad", 6, 4, scores, List.of(1), "float16"),
                row("bad", 6, 4, scores, List.of(1), "int8"),
                withTarget(List.of(1, 4)),
                withTarget(List.of(-1)),
                withTarget(List.of(2, 0)),
                withTarget(Arrays.asList(2, null)));
        assertThat(results)
                .extracting(row -> row.<String>getAs("error"))
                .containsExactly(
                        "id is null",
                        "T is null",
                        "V is null",
                        "scores is null",
                        "target is null",
                        "T = -1 is not between 0 and 2147483647",
                        "V = 0 is not between 1 and 2147483647",
                        "scores has 96 bytes, but T * V = 5 * 4 scores of float32 take 80",
                        "scores has 95 bytes, but T * V = 6 * 4 scores of float32 take 96",
                        "scores has 96 bytes, but T * V = 2147483647 * 2147483647 scores of float32 take"
                                + " 18446744056529682436",
                        "scores has 96 bytes, but T * V = 6 * 4 scores of float16 take 48",
                        "dtype = int8 is none of float16, bfloat16, float32, float64",
                        "target[1] = 4 is not a symbol: symbols are 0 to 3",
                        "target[0] = -1 is not a symbol: symbols are 0 to 3",
                        "target[1] = 0 is the blank",
                        "target[1] is null");
        assertThat(results).allSatisfy(row -> {
            assertThat(row.<String>getAs("status")).isEqualTo("INVALID");
            assertThat(row.<Double>getAs("loss")).isNull();
            assertThat(row.<Integer>getAs("frames")).isNull();
        });
    }

    /** What the contract defines is no error: it has a status. */
    @Test
    void whatTheContractDefinesHasItsStatus() {
        Spoken nan = new Spoken("nan", 1, 4, List.of(0f, Float.NaN, 0f, 0f), List.of(1));
        List<Row> results = losses(
                row("nan", 1, 4, nan.float32(), List.of(1), null),
                row("no frames", 0, 4, new byte[0], List.of(), null),
                row("no frames, a label", 0, 4, new byte[0], List.of(1), null),
                row("longer than its frames", 6, 4, GOOD.float32(), List.of(1, 2, 3, 1, 2, 3, 1), null));
        assertThat(results)
                .extracting(row -> row.<String>getAs("status") + " " + row.getAs("loss"))
                .containsExactly("NON_FINITE NaN", "OK 0.0", "INFEASIBLE Infinity", "INFEASIBLE Infinity");
    }

    @Test
    void alignmentsAndTextsOfBadRowsAreRowsToo() {
        Dataset<Row> rows = LocalSpark.dataset(
                List.of(
                        row("bad", 5, 4, GOOD.float32(), List.of(1), null),
                        row("nan", 1, 1, new byte[] {0, 0, (byte) 0xc0, 0x7f}, List.of(), null),
                        row("good", 6, 4, GOOD.float32(), GOOD.target(), null)),
                SCHEMA,
                1);
        for (Dataset<Row> results :
                List.of(CtcFunctions.align(rows, ON_CPU), CtcFunctions.decode(rows, ON_CPU.withBeam(1, 12)))) {
            assertThat(results.collectAsList())
                    .extracting(row -> row.getAs("id") + " " + row.getAs("status"))
                    .containsExactlyInAnyOrder("bad INVALID", "nan NON_FINITE", "good OK");
        }
    }

    /** The rows of a table without a token that its text needs, or of another size than its tokens have. */
    @Test
    void aTextThatTheTokensDoNotSpellIsNamed() {
        CorpusOptions options = ON_CPU.withInput(CorpusInput.defaults().withTokens(List.of("<blank>", "a", "b", "c")));
        Dataset<Row> rows = LocalSpark.SESSION
                .createDataFrame(
                        List.of(
                                RowFactory.create("a", 6, 4, GOOD.float32(), "abx"),
                                RowFactory.create("b", 6, 4, GOOD.float32(), "a*"),
                                RowFactory.create("c", 8, 3, GOOD.float32(), "a"),
                                RowFactory.create("d", 6, 4, GOOD.float32(), "a")),
                        new StructType()
                                .add("id", DataTypes.StringType)
                                .add("T", DataTypes.IntegerType)
                                .add("V", DataTypes.IntegerType)
                                .add("scores", DataTypes.BinaryType)
                                .add("target", DataTypes.StringType))
                .coalesce(1);
        assertThat(CtcFunctions.loss(rows, options).collectAsList())
                .extracting(row -> row.<String>getAs("error"))
                .containsExactly(
                        "target has 'x' (U+0078), which no token begins with",
                        "target has a *, which stands for something only in alignments",
                        "4 tokens do not suit 3 symbols; there are to be as many, or one fewer where the blank is not"
                                + " among them",
                        null);
    }

    @Test
    void aFileThatIsNoArrayIsNamed() throws IOException {
        write("good.npy", NpyType.FLOAT32, 6, 4);
        write("flat.npy", NpyType.FLOAT32, 24);
        write("integers.npy", NpyType.INT32, 6, 4);
        Files.writeString(directory.resolve("text.npy"), "text");
        Files.write(
                directory.resolve("short.npy"), Arrays.copyOf(Files.readAllBytes(directory.resolve("good.npy")), 200));
        StructType schema = new StructType()
                .add("id", DataTypes.LongType)
                .add("T", DataTypes.LongType)
                .add("scores", DataTypes.StringType)
                .add("target", DataTypes.createArrayType(DataTypes.LongType));
        List<Row> rows = new ArrayList<>();
        for (String name : List.of("good", "missing", "flat", "integers", "text", "short", "utterance:1")) {
            rows.add(RowFactory.create((long) rows.size(), null, name + ".npy", List.of(1L)));
        }
        rows.add(RowFactory.create(7L, 5L, "good.npy", List.of(1L)));
        rows.add(RowFactory.create(8L, null, "s4://bucket/good.npy", List.of(1L)));
        rows.add(RowFactory.create(9L, null, "good.npy", List.of(5_000_000_000L)));
        CorpusOptions options = ON_CPU.withInput(CorpusInput.defaults().withDirectory(directory.toString()));
        List<Row> results = CtcFunctions.loss(
                        LocalSpark.SESSION.createDataFrame(rows, schema).coalesce(1), options)
                .collectAsList();
        String file = directory + "/";
        assertThat(results.get(0).<String>getAs("status")).isEqualTo("OK");
        assertThat(results.subList(1, results.size()))
                .extracting(row -> row.<String>getAs("error"))
                .containsExactly(
                        file + "missing.npy: no such file, or it may not be read",
                        "flat.npy: shape = [24] is not [T, V]",
                        "integers.npy: dtype = int32 is no floating-point type",
                        file + "text.npy: is truncated in its header",
                        file + "short.npy: is truncated: shape = (6, 4) takes 96 bytes, but there are 72",
                        file + "utterance:1.npy: no such file, or it may not be read",
                        "good.npy: shape = [6, 4], but T = 5",
                        "No FileSystem for scheme \"s4\"",
                        "target[0] = 5000000000 is not a symbol");
    }

    private void write(String name, NpyType type, int... shape) throws IOException {
        NpyFile.write(directory.resolve(name), NpyArray.of(type, MemorySegment.ofArray(GOOD.float32()), shape));
    }
}
