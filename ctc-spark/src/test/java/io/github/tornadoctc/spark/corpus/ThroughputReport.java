package io.github.tornadoctc.spark.corpus;

import com.sun.management.OperatingSystemMXBean;
import io.github.tornadoctc.spark.CorpusOptions;
import io.github.tornadoctc.spark.LocalSpark;
import io.github.tornadoctc.spark.PlainProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FileUtil;

/**
 * What Spark costs beside a plain process: losses or alignments of a made-up corpus by both, in turns, on two threads of one JVM. It takes
 * the directory of the corpus, loss or align, and how many turns, and prints medians without the first turn, which is the JVM's: seconds, and
 * seconds of the process' processor time, which do not depend on what else the machine does. Spark reads the files and
 * writes the results; the plain process reads the same files by parquet-java and keeps the results.
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

        static Turn median(Turn[] turns) {
            Turn[] later = Arrays.copyOfRange(turns, 1, turns.length);
            double[] seconds =
                    Arrays.stream(later).mapToDouble(Turn::seconds).sorted().toArray();
            double[] processor = Arrays.stream(later)
                    .mapToDouble(Turn::processorSeconds)
                    .sorted()
                    .toArray();
            return new Turn(seconds[seconds.length / 2], processor[processor.length / 2]);
        }
    }

    /** Measures. */
    public static void main(String[] args) throws Exception {
        Path output = Files.createTempDirectory("corpus");
        CorpusMode mode = CorpusMode.valueOf(args[1].toUpperCase(Locale.ROOT));
        CorpusOptions options = LocalSpark.ON_CPU.withMemory(1 << 20, 4 << 20);
        CorpusJob job = new CorpusJob(args[0], output + "/out", mode, options, CorpusJob.USUAL_CHUNK_BYTES);
        int turns = Integer.parseInt(args[2]);
        Turn[] plain = new Turn[turns];
        Turn[] spark = new Turn[turns];
        for (int i = 0; i < turns; i++) {
            plain[i] = Turn.of(() -> PlainProcess.results(args[0], 2, options, mode == CorpusMode.ALIGN));
            spark[i] = Turn.of(() -> job.run(LocalSpark.SESSION));
            delete(output.resolve("out"));
            print(i == 0 ? "first" : "turn", plain[i], spark[i]);
        }
        print("median", Turn.median(plain), Turn.median(spark));
    }

    private static void delete(Path directory) throws IOException {
        if (!FileUtil.fullyDelete(directory.toFile())) {
            throw new IOException(directory + " cannot be deleted");
        }
    }

    private static void print(String what, Turn plain, Turn spark) {
        System.out.printf(
                "%-7s plain %6.2f s, processor %6.2f s; Spark %6.2f s, processor %6.2f s: %+.1f %%, processor %+.1f %%%n",
                what,
                plain.seconds,
                plain.processorSeconds,
                spark.seconds,
                spark.processorSeconds,
                100 * (spark.seconds / plain.seconds - 1),
                100 * (spark.processorSeconds / plain.processorSeconds - 1));
    }
}
