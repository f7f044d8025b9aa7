package io.github.tornadoctc.benchmarks;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.compare.Deviation;
import io.github.tornadoctc.compare.ResultComparison;
import io.github.tornadoctc.compare.Truth;
import io.github.tornadoctc.measure.Mode;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import io.github.tornadoctc.timing.Quartiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Ours and the peers of this build on the same inputs in one run, as a Markdown table: median time, how many times
 * ours fits in a peer's, and the error against the double reference.
 *
 * <p>Contenders take {@link Turns}.
 *
 * <p>{@code PeerReport [shapes] [seconds] [threads]}: the letters of the shapes, how long to measure each row, the
 * numbers of threads.
 */
public final class PeerReport {
    private PeerReport() {}

    public static void main(String[] args) {
        String shapes = args.length > 0 ? args[0] : "ABCDE";
        double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 10;
        String threads = args.length > 2 ? args[2] : "1,2";
        System.out.println(
                "| shape | work | threads | contender | ms | ratio | fastest ms | gradient error | loss error |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (CtcShape shape : shapes.chars()
                .mapToObj(letter -> BenchmarkShapes.named(Character.toString(letter)))
                .toList()) {
            CtcBatch batch = BenchmarkShapes.batch(shape);
            Truth truth = Truth.of(batch, Mode.STEP.options());
            for (Mode work : Mode.LOSSES) {
                for (String count : threads.split(",", -1)) {
                    report(shape, batch, work, Integer.parseInt(count), truth, seconds);
                }
            }
        }
    }

    private static void report(CtcShape shape, CtcBatch batch, Mode work, int threads, Truth truth, double seconds) {
        List<Contenders> names = Contenders.cpuAndPeers();
        List<Contender> contenders = names.stream().map(Contenders::open).toList();
        List<Deviation> deviations = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            contenders.get(i).prepare(batch, work.options(), threads);
            contenders.get(i).compute();
            ResultComparison comparison = truth.compare(contenders.get(i).result());
            names.get(i).check(comparison);
            deviations.add(comparison.overall());
        }
        List<Runnable> works = contenders.stream()
                .map(contender -> (Runnable) contender::compute)
                .toList();
        Turns.calls(works, seconds / 2);
        List<List<Double>> times = Turns.calls(works, seconds);
        double ours = median(times.getFirst());
        for (int i = 0; i < names.size(); i++) {
            double median = median(times.get(i));
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %d | %s | %.3g | %.1f | %.3g | %.1e | %.1e |%n",
                    shape.name(),
                    work,
                    threads,
                    names.get(i).name().toLowerCase(Locale.ROOT),
                    median,
                    median / ours,
                    Collections.min(times.get(i)),
                    names.get(i).isCopy()
                            ? Double.NaN
                            : deviations.get(i).gradient().error(),
                    names.get(i).isCopy()
                            ? Double.NaN
                            : deviations.get(i).relativeLoss().error());
            contenders.get(i).close();
        }
    }

    private static double median(List<Double> times) {
        return Quartiles.of(times.stream().mapToDouble(Double::doubleValue).toArray())
                .median();
    }
}
