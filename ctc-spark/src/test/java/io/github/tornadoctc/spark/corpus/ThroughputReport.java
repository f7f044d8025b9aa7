package io.github.tornadoctc.spark.corpus;

import com.sun.management.OperatingSystemMXBean;
import io.github.tornadoctc.spark.CorpusOptions;
import io.github.tornadoctc.spark.LocalSpark;
import io.github.tornadoctc.spark.PlainProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.apache.hadoop.fs.FileUtil;

/**
 * What Spark costs beside a plain process: losses or alignments of a made-up corpus by both, in turns, on two threads of one
 * JVM. It takes the directory of the corpus, loss or align, how many turns there are before those that count, and how many
 * count. It prints medians and quartiles of seconds, and of seconds of the process' processor time, which has that of the
 * collector of garbage and of the compiler in it. The plain process reads the same files by parquet-java; in one turn it
 * writes its results as Spark does, in another one, which a fifth argument leaves out, it keeps them.
 */
public final class ThroughputReport {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private ThroughputReport() {}

    /** What a turn took. */
    private record Turn(double seconds, double processorSeconds) {
        static Turn of(Callable<?> work) throws Exception {
            System.gc();
            long start = System.nanoTime();
            long processor = PROCESS.getProcessCpuTime();
            work.call();
            return new Turn((System.nanoTime() - start) / 1e9, (PROCESS.getProcessCpuTime() - processor) / 1e9);
        }
    }

    /** Measures. */
    public static void main(String[] args) throws Exception {
        Path output = Files.createTempDirectory("corpus");
        CorpusMode mode = CorpusMode.valueOf(args[1].toUpperCase(Locale.ROOT));
        boolean align = mode == CorpusMode.ALIGN;
        CorpusOptions options = LocalSpark.ON_CPU.withMemory(1 << 20, 4 << 20);
        String out = output + "/out";
        CorpusJob job = new CorpusJob(args[0], out, mode, options, CorpusJob.USUAL_CHUNK_BYTES);
        Map<String, Callable<?>> ways = new LinkedHashMap<>();
        if (args.length == 4) {
            ways.put("plain, kept", () -> PlainProcess.run(args[0], null, 2, options, align));
        }
        ways.put("plain, written", () -> PlainProcess.run(args[0], out, 2, options, align));
        ways.put("Spark", () -> job.run(LocalSpark.SESSION));
        int before = Integer.parseInt(args[2]);
        Map<String, List<Turn>> turns = new LinkedHashMap<>();
        for (int i = 0; i < before + Integer.parseInt(args[3]); i++) {
            for (Map.Entry<String, Callable<?>> way : ways.entrySet()) {
                Turn turn = Turn.of(way.getValue());
                System.out.printf(
                        "%d %-15s %.2f s, processor %.2f s%n",
                        i + 1, way.getKey(), turn.seconds, turn.processorSeconds);
                if (i >= before) {
                    turns.computeIfAbsent(way.getKey(), name -> new ArrayList<>())
                            .add(turn);
                }
                delete(output.resolve("out"));
            }
        }
        turns.forEach(ThroughputReport::print);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory) && !FileUtil.fullyDelete(directory.toFile())) {
            throw new IOException(directory + " cannot be deleted");
        }
    }

    private static void print(String way, List<Turn> turns) {
        System.out.printf(
                "%-15s %s s, processor %s s%n",
                way, quartiles(turns, Turn::seconds), quartiles(turns, Turn::processorSeconds));
    }

    private static String quartiles(List<Turn> turns, ToDoubleFunction<Turn> value) {
        double[] sorted = turns.stream().mapToDouble(value).sorted().toArray();
        return "%.2f (%.2f to %.2f)"
                .formatted(sorted[sorted.length / 2], sorted[sorted.length / 4], sorted[sorted.length * 3 / 4]);
    }
}
