package io.github.tornadoctc.benchmarks;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.measure.Mode;
import io.github.tornadoctc.reference.ViterbiAlignment;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import io.github.tornadoctc.timing.Stopwatch;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The program: alignment beside the loss of the same shapes and beside {@link PlainAlignment}; then single utterances of
 * growing length, up to 100 000 frames of 10 000 labels and an hour of speech, with the heap that they took.
 */
public final class AlignmentReport {
    private AlignmentReport() {}

    /**
     * Prints tables.
     *
     * @param args backend, letters of shapes or {@code long}, seconds a measurement, threads
     */
    public static void main(String[] args) {
        String name = args.length > 0 ? args[0] : "cpu";
        String shapes = args.length > 1 ? args[1] : "ABCDEH";
        double seconds = args.length > 2 ? Double.parseDouble(args[2]) : 1;
        int threads = args.length > 3 ? Integer.parseInt(args[3]) : Integer.MAX_VALUE;
        CtcConfiguration configuration = CtcConfiguration.defaults().withMaxThreads(threads);
        try (CtcBackend backend = CtcBackends.open(name, configuration)) {
            System.out.printf("%s: %s%n", name, backend.device());
            if (shapes.equals("long")) {
                printLong(backend);
            } else {
                printShapes(backend, shapes, new Stopwatch(seconds));
            }
        }
    }

    private static void printShapes(CtcBackend backend, String shapes, Stopwatch stopwatch) {
        System.out.printf("%-6s %10s %10s %10s%n", "shape", "loss ms", "align ms", "plain ms");
        for (int i = 0; i < shapes.length(); i++) {
            String letter = shapes.substring(i, i + 1);
            CtcBatch batch = BenchmarkShapes.batch(BenchmarkShapes.named(letter));
            CtcResult result = CtcResult.allocate(batch, Mode.LOSS.options());
            CtcAligner aligner = backend.operation(CtcAligner.class).orElseThrow();
            check(batch, aligner.align(batch, AlignmentOptions.defaults()));
            double loss = stopwatch
                    .time(() -> backend.compute(batch, Mode.LOSS.options(), result))
                    .milliseconds()
                    .median();
            double align = stopwatch
                    .time(() -> aligner.align(batch, AlignmentOptions.defaults()))
                    .milliseconds()
                    .median();
            double plain =
                    stopwatch.time(() -> alignPlainly(batch)).milliseconds().median();
            System.out.printf(Locale.ROOT, "%-6s %10.2f %10.2f %10.2f%n", letter, loss, align, plain);
        }
    }

    private static void alignPlainly(CtcBatch batch) {
        for (int b = 0; b < batch.batchSize(); b++) {
            PlainAlignment.states(batch, b);
        }
    }

    private static void printLong(CtcBackend backend) {
        System.out.printf("%8s %8s %6s %10s %12s%n", "T", "U", "V", "seconds", "heap MB");
        for (CtcShape shape : List.of(
                new CtcShape("", 6_250, 1, 32, 625),
                new CtcShape("", 12_500, 1, 32, 1_250),
                new CtcShape("", 25_000, 1, 32, 2_500),
                new CtcShape("", 50_000, 1, 32, 5_000),
                new CtcShape("", 100_000, 1, 32, 10_000),
                // an hour at 50 frames and some 12 characters a second
                new CtcShape("", 180_000, 1, 32, 43_000))) {
            CtcBatch random = shape.randomBatch(1);
            int[] target = new int[shape.maxTargetLength()];
            Arrays.setAll(target, u -> 1 + (int) (u * 2654435761L % 31 + 31) % 31);
            CtcBatch batch = CtcBatch.builder(shape.timeSteps(), 1, shape.symbols())
                    .scores(random.scores())
                    .targets(target)
                    .build();
            CtcAligner aligner = backend.operation(CtcAligner.class).orElseThrow();
            System.gc();
            pools().forEach(MemoryPoolMXBean::resetPeakUsage);
            long start = System.nanoTime();
            CtcAlignment alignment =
                    aligner.align(batch, AlignmentOptions.defaults()).getFirst();
            double seconds = (System.nanoTime() - start) / 1e9;
            long heap = pools().stream()
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
            System.out.printf(
                    Locale.ROOT,
                    "%8d %8d %6d %10.2f %12.0f  %s%n",
                    shape.timeSteps(),
                    target.length,
                    shape.symbols(),
                    seconds,
                    heap / 1e6,
                    alignment.status());
        }
    }

    private static List<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    /** Refuses to time what is wrong: the first utterance's path is to be the reference's. */
    static void check(CtcBatch batch, List<CtcAlignment> alignments) {
        CtcAlignment expected = ViterbiAlignment.of(batch, 0, AlignmentOptions.defaults());
        if (!Arrays.equals(expected.states(), alignments.getFirst().states())) {
            throw new IllegalStateException("the first utterance's path is not the reference's");
        }
    }
}
