package io.github.tornadoctc.benchmarks;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcWarmUp;
import io.github.tornadoctc.compare.Deviation;
import io.github.tornadoctc.compare.ResultComparison;
import io.github.tornadoctc.cpu.CpuCtc;
import io.github.tornadoctc.measure.Mode;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import io.github.tornadoctc.timing.Stopwatch;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the CPU backend takes for scores of every kind, beside normal logits of the same shape, as a Markdown table: time a
 * frame, how many times that of normal logits it is, and the error against the double reference.
 *
 * <p>{@code SpreadReport [shapes] [seconds] [threads]}: letters of benchmark shapes, and L for long utterances of three
 * sizes; how long to time each row; the number of threads.
 */
public final class SpreadReport {
    /** Beyond so many states times frames the reference would take minutes and gigabytes. */
    private static final long MOST_CELLS = 20_000_000;

    private static final List<CtcShape> LONG = List.of(
            new CtcShape("T=5000 U=500", 5000, 1, 32, 500),
            new CtcShape("T=20000 U=200", 20000, 1, 32, 200),
            new CtcShape("T=20000 U=2000", 20000, 1, 32, 2000));

    private SpreadReport() {}

    public static void main(String[] args) {
        String letters = args.length > 0 ? args[0] : "ABCDEL";
        double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 0.5;
        int threads = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        List<CtcShape> shapes = letters.chars()
                .mapToObj(Character::toString)
                .flatMap(letter -> letter.equals("L") ? LONG.stream() : Stream.of(BenchmarkShapes.named(letter)))
                .toList();
        System.out.println("| shape | work | scores | ms | over normal, a frame | gradient error | loss error |");
        System.out.println("|---|---|---|---|---|---|---|");
        double worst = 0;
        try (CpuCtc backend = new CpuCtc(threads)) {
            CtcWarmUp.of(backend);
            for (CtcShape shape : shapes) {
                for (Mode work : Mode.LOSSES) {
                    double normal = 0;
                    for (SpreadScores scores : SpreadScores.all()) {
                        CtcBatch batch = scores.batch(shape);
                        double frame = report(backend, shape, scores, batch, work, seconds, normal);
                        normal = normal == 0 ? frame : normal;
                        worst = Math.max(worst, frame / normal);
                    }
                }
            }
        }
        System.out.printf(Locale.ROOT, "%nAt most %.1f times what normal logits take.%n", worst);
    }

    /** Prints a row, and returns the milliseconds of a frame. */
    private static double report(
            CpuCtc backend,
            CtcShape shape,
            SpreadScores scores,
            CtcBatch batch,
            Mode work,
            double seconds,
            double normal) {
        CtcResult result = CtcResult.allocate(batch, work.options());
        double milliseconds = new Stopwatch(seconds)
                .time(() -> backend.compute(batch, work.options(), result))
                .milliseconds()
                .median();
        double frame = milliseconds
                / IntStream.range(0, batch.batchSize()).map(batch::inputLength).sum();
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %.3g | %.2f | %s |%n",
                shape.name(),
                work,
                scores.name(),
                milliseconds,
                normal == 0 ? 1 : frame / normal,
                errors(batch, work, result));
        return frame;
    }

    private static String errors(CtcBatch batch, Mode work, CtcResult result) {
        if (batch.timeSteps() * (2L * batch.maxTargetLength() + 1) > MOST_CELLS) {
            return "|";
        }
        Deviation deviation = ResultComparison.of(batch, work.options(), result).overall();
        return String.format(
                Locale.ROOT,
                "%s | %.1e",
                work == Mode.STEP
                        ? String.format(
                                Locale.ROOT, "%.1e", deviation.gradient().error())
                        : "",
                deviation.relativeLoss().error());
    }
}
