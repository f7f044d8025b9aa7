package io.github.tornadoctc.cli;

import static java.util.stream.Collectors.joining;

import io.github.tornadoctc.compare.BackendComparison;
import io.github.tornadoctc.compare.Deviation;
import io.github.tornadoctc.compare.InputComparison;
import io.github.tornadoctc.compare.SkippedBackend;
import io.github.tornadoctc.compare.Sweep;
import io.github.tornadoctc.compare.Thresholds;
import io.github.tornadoctc.compare.Worst;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints comparisons as plain tables. */
final class ComparisonTables {
    private final PrintWriter out;
    private final Thresholds thresholds;

    ComparisonTables(PrintWriter out, Thresholds thresholds) {
        this.out = out;
        this.thresholds = thresholds;
    }

    /** An input: a table of errors, and one of where they are largest. */
    void print(InputComparison input) {
        out.printf("%s  %s%n", input.input().name(), input.sizes());
        printErrors(input);
        out.println();
        printPlaces(input);
        printReference(input);
        input.skipped().forEach(this::print);
        out.println();
        out.flush();
    }

    private void print(SkippedBackend left) {
        out.printf("%s left out: %s%n", left.backend(), left.reason());
    }

    private void printErrors(InputComparison input) {
        Table table = new Table()
                .left("backend")
                .right("loss error")
                .right("relative")
                .right("ulps")
                .right("gradient error")
                .right("99.9 %")
                .right("rms")
                .right("row sums")
                .left("statuses")
                .left("runs")
                .right("ms")
                .right("discarded")
                .left("verdict")
                .left("device");
        for (BackendComparison backend : input.backends()) {
            Deviation deviation = backend.overall();
            long differing = deviation.statuses().count();
            table.row(
                    backend.backend(),
                    Numbers.error(deviation.loss().error()),
                    Numbers.error(deviation.relativeLoss().error()),
                    Numbers.count(deviation.lossUlps().error()),
                    Numbers.error(deviation.gradient().error()),
                    Numbers.error(backend.result().gradientPercentile()),
                    Numbers.error(deviation.gradientRms().value()),
                    Numbers.error(deviation.rowSum().error()),
                    differing == 0 ? "equal" : differing + " differ",
                    runs(backend),
                    Numbers.milliseconds(backend.milliseconds()),
                    backend.timing(),
                    verdict(backend),
                    backend.device());
        }
        table.print(out);
    }

    private static String runs(BackendComparison backend) {
        if (backend.runs() == 1) {
            return "1";
        }
        long differing = backend.differences().count();
        return "%d %s".formatted(backend.runs(), differing == 0 ? "equal" : "(%d differ)".formatted(differing));
    }

    private String verdict(BackendComparison backend) {
        return backend.beyond(thresholds).isEmpty() ? "ok" : "FAILED";
    }

    private void printPlaces(InputComparison input) {
        Table table = new Table()
                .left("backend")
                .left("largest error at")
                .keys()
                .right("value")
                .right("reference")
                .right("error");
        for (BackendComparison backend : input.backends()) {
            Deviation deviation = backend.overall();
            addPlace(table, backend, deviation.relativeLoss());
            addPlace(table, backend, deviation.gradient());
            addPlace(table, backend, deviation.rowSum());
        }
        table.print(out);
    }

    private static void addPlace(Table table, BackendComparison backend, Worst worst) {
        if (worst.isSomewhere()) {
            table.row(backend.backend(), worst.at(), worst.actual(), worst.expected(), Numbers.error(worst.error()));
        }
    }

    private void printReference(InputComparison input) {
        String statuses = input.comparison().statuses().entrySet().stream()
                .map(status -> "%d %s".formatted(status.getValue(), status.getKey()))
                .collect(joining(", "));
        Worst worst = input.comparison().disagreement();
        out.printf(
                "reference: %s; alpha and beta disagree by %s%s%n",
                statuses.isEmpty() ? "no utterances" : statuses,
                Numbers.error(worst.error()),
                worst.isSomewhere() ? " at most,%n  %s of %s".formatted(worst.at(), worst.expected()) : "");
    }

    /** A sweep: a row for each size and backend, and how the gradient's error grows. */
    void print(Sweep sweep) {
        out.printf(
                "sweep of %s, %s at first%n",
                sweep.size(), sweep.points().get(0).sizes());
        Table table = new Table()
                .right(sweep.size().name())
                .left("backend")
                .keys()
                .right("loss relative")
                .right("ulps")
                .right("gradient error")
                .right("99.9 %")
                .right("rms")
                .right("row sums")
                .right("alpha/beta")
                .right("ms")
                .right("discarded")
                .left("verdict");
        for (InputComparison point : sweep.points()) {
            for (BackendComparison backend : point.backends()) {
                Deviation deviation = backend.overall();
                table.row(
                        sweep.size().of(point.input()),
                        backend.backend(),
                        Numbers.error(deviation.relativeLoss().error()),
                        Numbers.count(deviation.lossUlps().error()),
                        Numbers.error(deviation.gradient().error()),
                        Numbers.error(backend.result().gradientPercentile()),
                        Numbers.error(deviation.gradientRms().value()),
                        Numbers.error(deviation.rowSum().error()),
                        Numbers.error(point.comparison().disagreement().error()),
                        Numbers.milliseconds(backend.milliseconds()),
                        backend.timing(),
                        verdict(backend));
            }
        }
        table.print(out);
        for (String backend : sweep.backends()) {
            double growth =
                    sweep.growth(backend, each -> each.overall().gradient().error());
            if (Double.isFinite(growth)) {
                out.println(String.format(
                        Locale.ROOT, "%s: the gradient's error grows as %s^%.2f", backend, sweep.size(), growth));
            }
        }
        sweep.points().stream()
                .flatMap(point -> point.skipped().stream())
                .distinct()
                .forEach(this::print);
        out.println();
        out.flush();
    }
}
