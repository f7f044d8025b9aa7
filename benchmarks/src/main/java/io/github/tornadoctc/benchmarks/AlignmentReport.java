package io.github.tornadoctc.benchmarks;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcWarmUp;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.measure.Mode;
import io.github.tornadoctc.reference.ViterbiAlignment;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import io.github.tornadoctc.timing.Quartiles;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The program: alignment and posteriors beside losses and steps of the same shapes, and beside {@link PlainAlignment}, in
 * {@link Turns}; or single utterances of growing length, up to 100 000 frames of 10 000 labels and an hour of speech, with
 * the heap that they took.
 */
public final class AlignmentReport {
    private AlignmentReport() {}

    /**
     * Prints tables.
     *
     * @param args backend, letters of shapes or {@code long}, seconds a row, numbers of threads, as in {@code 1,2}
     */
    public static void main(String[] args) {
        String name = args.length > 0 ? args[0] : "cpu";
        String shapes = args.length > 1 ? args[1] : "ABCDEFH";
        double seconds = args.length > 2 ? Double.parseDouble(args[2]) : 5;
        String threads = args.length > 3 ? args[3] : "1";
        if (!shapes.equals("long")) {
            printShapes(name, shapes, seconds, threads);
            return;
        }
        CtcConfiguration configuration = CtcConfiguration.defaults().withMaxThreads(Integer.parseInt(threads));
        try (CtcBackend backend = CtcBackends.open(name, configuration)) {
            System.out.printf("%s: %s%n", name, backend.device());
            printLong(backend);
        }
    }

    private static void printShapes(String name, String shapes, double seconds, String threads) {
        System.out.println(
                "| shape | threads | loss ms | align ms | align / loss | step ms | posteriors ms | plain ms |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (int i = 0; i < shapes.length(); i++) {
            String letter = shapes.substring(i, i + 1);
            CtcBatch batch = BenchmarkShapes.batch(BenchmarkShapes.named(letter));
            for (String count : threads.split(",", -1)) {
                CtcConfiguration configuration = CtcConfiguration.defaults().withMaxThreads(Integer.parseInt(count));
                try (CtcBackend backend = CtcBackends.open(name, configuration)) {
                    CtcWarmUp.of(backend);
                    List<Quartiles> times = Turns.take(works(backend, batch), seconds);
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %s | %s | %s | %.2f | %s | %s | %s |%n",
                            letter,
                            count,
                            inWords(times.get(0)),
                            inWords(times.get(1)),
                            times.get(1).median() / times.get(0).median(),
                            inWords(times.get(2)),
                            inWords(times.get(3)),
                            inWords(times.get(4)));
                }
            }
        }
    }

    /** Losses, alignment, a step, posteriors, and the alignment that nobody has thought about further. */
    private static List<Runnable> works(CtcBackend backend, CtcBatch batch) {
        CtcResult losses = CtcResult.allocate(batch, Mode.LOSS.options());
        CtcResult step = CtcResult.allocate(batch, Mode.STEP.options());
        CtcAligner aligner = backend.operation(CtcAligner.class).orElseThrow();
        CtcPosteriors posteriors = backend.operation(CtcPosteriors.class).orElseThrow();
        check(batch, aligner.align(batch, AlignmentOptions.defaults()));
        return List.of(
                () -> backend.compute(batch, Mode.LOSS.options(), losses),
                () -> aligner.align(batch, AlignmentOptions.defaults()),
                () -> backend.compute(batch, Mode.STEP.options(), step),
                () -> posteriors.posteriors(batch, Scores.LOGITS),
                () -> alignPlainly(batch));
    }

    /** The median, and between what half of the calls were. */
    private static String inWords(Quartiles milliseconds) {
        return String.format(
                Locale.ROOT, "%.3g (%.3g–%.3g)", milliseconds.median(), milliseconds.lower(), milliseconds.upper());
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
