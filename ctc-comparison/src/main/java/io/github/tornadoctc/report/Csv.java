package io.github.tornadoctc.report;

import io.github.tornadoctc.compare.BackendComparison;
import io.github.tornadoctc.compare.ComparisonRun;
import io.github.tornadoctc.compare.Deviation;
import io.github.tornadoctc.compare.InputComparison;
import io.github.tornadoctc.compare.Thresholds;
import io.github.tornadoctc.compare.Worst;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A comparison as comma-separated values (RFC 4180): a header, and a row for each input and backend. */
final class Csv {
    private static final List<String> HEADER = List.of(
            "input",
            "T",
            "B",
            "V",
            "U",
            "backend",
            "device",
            "passed",
            "max_loss_error",
            "max_relative_loss_error",
            "max_loss_ulps",
            "worst_loss_utterance",
            "worst_loss",
            "worst_loss_reference",
            "max_gradient_error",
            "gradient_error_percentile_99_9",
            "gradient_error_rms",
            "worst_gradient_utterance",
            "worst_gradient_frame",
            "worst_gradient_symbol",
            "worst_gradient",
            "worst_gradient_reference",
            "max_row_sum_error",
            "statuses_that_differ",
            "stray_gradients",
            "runs",
            "runs_that_differ",
            "alpha_beta_disagreement",
            "milliseconds",
            "discarded_calls",
            "steady");

    private Csv() {}

    static String of(ComparisonRun run) {
        Stream<String> rows = run.inputs().stream()
                .flatMap(input -> input.backends().stream().map(backend -> row(input, backend, run.thresholds())));
        return Stream.concat(Stream.of(line(HEADER.stream())), rows).collect(Collectors.joining());
    }

    private static String row(InputComparison input, BackendComparison backend, Thresholds thresholds) {
        Deviation deviation = backend.overall();
        Worst loss = deviation.relativeLoss();
        Worst gradient = deviation.gradient();
        return line(Stream.of(
                        input.input().name(),
                        input.input().timeSteps(),
                        input.input().batchSize(),
                        input.input().symbols(),
                        input.input().maxTargetLength(),
                        backend.backend(),
                        backend.device(),
                        backend.beyond(thresholds).isEmpty(),
                        deviation.loss().error(),
                        loss.error(),
                        deviation.lossUlps().error(),
                        ifSomewhere(loss, loss.at().b()),
                        ifSomewhere(loss, loss.actual()),
                        ifSomewhere(loss, loss.expected()),
                        gradient.error(),
                        backend.result().gradientPercentile(),
                        deviation.gradientRms().value(),
                        ifSomewhere(gradient, gradient.at().b()),
                        ifSomewhere(gradient, gradient.at().t()),
                        ifSomewhere(gradient, gradient.at().v()),
                        ifSomewhere(gradient, gradient.actual()),
                        ifSomewhere(gradient, gradient.expected()),
                        deviation.rowSum().error(),
                        deviation.statuses().count(),
                        deviation.strays().count(),
                        backend.runs(),
                        backend.differences().count(),
                        input.comparison().disagreement().error(),
                        backend.milliseconds(),
                        backend.timing().discarded(),
                        backend.timing().steady())
                .map(value -> value instanceof Double number ? Text.exact(number) : String.valueOf(value)));
    }

    /** Empty if nothing is off, and so nowhere. */
    private static Object ifSomewhere(Worst worst, Object value) {
        return worst.isSomewhere() ? value : "";
    }

    private static String line(Stream<String> cells) {
        return cells.map(Csv::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String quoted(String cell) {
        boolean isPlain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
