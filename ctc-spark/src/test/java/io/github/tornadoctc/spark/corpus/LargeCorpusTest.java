package io.github.tornadoctc.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.spark.CtcFunctions;
import io.github.tornadoctc.spark.LocalSpark;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Very many utterances, and very large partitions. */
@Tag("large")
class LargeCorpusTest {
    private static final int SYMBOLS = 4;
    private static final long MANY = 1_000_000;
    /** Of the kinds of tiny utterances: scores begin at one of so many places, and there are 2, 3 or 4 frames. */
    private static final int PLACES = 7;

    private static final int LENGTHS = 3;

    @TempDir
    Path directory;

    private static float[] normal(int count) {
        Random random = new Random(11);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static String hex(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return HexFormat.of().formatHex(bytes.array());
    }

    @Test
    void aMillionTinyUtterances() {
        float[] scores = normal(4 * SYMBOLS + PLACES);
        Dataset<Row> tiny = LocalSpark.SESSION
                .range(0, MANY, 1, 3)
                .selectExpr(
                        "id",
                        "2 + id %% %d as T".formatted(LENGTHS),
                        "%d as V".formatted(SYMBOLS),
                        "substring(unhex('%s'), cast(1 + 4 * (id %% %d) as int), cast(%d * (2 + id %% %d) as int)) as scores"
                                .formatted(hex(scores), PLACES, 4 * SYMBOLS, LENGTHS),
                        "array(1 + id %% %d) as target".formatted(LENGTHS));
        List<Row> kinds = CtcFunctions.loss(tiny, LocalSpark.ON_CPU)
                .groupBy(functions.expr("id %% %d".formatted(PLACES * LENGTHS)).as("kind"), functions.col("loss"))
                .agg(
                        functions.count("id").as("rows"),
                        functions.count_distinct(functions.col("id")).as("ids"))
                .collectAsList();
        assertThat(kinds).hasSize(PLACES * LENGTHS);
        try (CtcBackend cpu = CtcBackends.open("cpu")) {
            long rows = 0;
            for (Row kind : kinds) {
                int k = kind.<Long>getAs("kind").intValue();
                assertThat(kind.<Double>getAs("loss")).isEqualTo(loss(cpu, scores, k));
                assertThat(kind.<Long>getAs("ids")).isEqualTo(kind.<Long>getAs("rows"));
                rows += kind.<Long>getAs("rows");
            }
            assertThat(rows).isEqualTo(MANY);
        }
    }

    private static double loss(CtcBackend cpu, float[] scores, int kind) {
        int frames = 2 + kind % LENGTHS;
        float[] own = new float[frames * SYMBOLS];
        System.arraycopy(scores, kind % PLACES, own, 0, own.length);
        CtcBatch batch = CtcBatch.builder(frames, 1, SYMBOLS)
                .scores(own)
                .targets(new int[] {1 + kind % LENGTHS})
                .build();
        return cpu.compute(batch, CtcOptions.defaults()).loss(0);
    }

    /** One partition of 1.1 GB of scores, and a JVM of 512 MB. */
    @Test
    void aPartitionLargerThanTheMemoryStreams() throws IOException, InterruptedException {
        int utterances = 4500;
        int frames = 2000;
        int symbols = 32;
        Path input = directory.resolve("in");
        Path output = directory.resolve("out");
        // the same few frames again and again take little time to write, and nothing less to read
        LocalSpark.SESSION
                .range(0, utterances, 1, 1)
                .selectExpr(
                        "id",
                        "%d as T".formatted(frames),
                        "%d as V".formatted(symbols),
                        "unhex(repeat('%s', %d)) as scores".formatted(hex(normal(10 * symbols)), frames / 10),
                        "array(1 + id % 31, 7, 8) as target")
                .write()
                .option("parquet.block.size", 16 << 20)
                .parquet(input.toString());
        assertThat(4L * utterances * frames * symbols).isGreaterThan(2L * (512 << 20));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add"))
                .forEach(command::add);
        command.addAll(
                List.of("-Xmx512m", "-XX:MaxDirectMemorySize=128m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(CorpusMain.class.getName(), input.toString(), output.toString()));
        command.addAll(List.of("--master", "local[1]", "--backend", "cpu"));
        command.addAll(List.of("--conf", "spark.sql.files.maxPartitionBytes=16g"));
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(() -> read(log)).isZero();
        assertThat(read(log)).contains("%d rows: %d OK".formatted(utterances, utterances));
        try (var files = Files.list(output)) {
            assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
                    .hasSize(1);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
