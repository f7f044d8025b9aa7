package io.github.tornadoctc.report;

import static java.util.stream.Collectors.joining;

import io.github.tornadoctc.compare.BackendComparison;
import io.github.tornadoctc.compare.Deviation;
import io.github.tornadoctc.compare.HeatMap;
import io.github.tornadoctc.compare.InputComparison;
import io.github.tornadoctc.compare.Place;
import io.github.tornadoctc.compare.SkippedBackend;
import io.github.tornadoctc.compare.Thresholds;
import io.github.tornadoctc.compare.Worst;
import io.github.tornadoctc.shapes.CtcShape;
import java.util.stream.Stream;

/** What a page says of one input. */
final class InputSection {
    private final InputComparison input;
    private final Thresholds thresholds;

    InputSection(InputComparison input, Thresholds thresholds) {
        this.input = input;
        this.thresholds = thresholds;
    }

    /**
     * The section.
     *
     * @param open whether the pictures are shown before anybody asks
     */
    String html(boolean open) {
        return """
                <section class="card">
                <h2>%s</h2>
                %s</section>
                """
                .formatted(Text.html(input.input().name()), content(open));
    }

    /** The section as one line with a verdict, for one input of many. */
    String folded() {
        return """
                <details class="card">
                <summary>%s %s</summary>
                %s</details>
                """
                .formatted(
                        Text.html(input.input().name()),
                        badge(input.failures(thresholds).isEmpty()),
                        content(false));
    }

    private static String badge(boolean passed) {
        return "<span class=\"verdict %1$s\">%1$s</span>".formatted(passed ? "ok" : "failed");
    }

    private String content(boolean open) {
        CtcShape sizes = input.input();
        StringBuilder content = new StringBuilder("<p class=\"sizes\">T = %d, B = %d, V = %d, U = %d%s</p>\n"
                .formatted(
                        sizes.timeSteps(),
                        sizes.batchSize(),
                        sizes.symbols(),
                        sizes.maxTargetLength(),
                        input.longestTargetText()));
        content.append(errors().html()).append(discarded()).append(places()).append(reference());
        for (SkippedBackend left : input.skipped()) {
            content.append("<p class=\"note\">%s left out: %s</p>\n"
                    .formatted(Text.html(left.backend()), Text.html(left.reason())));
        }
        for (BackendComparison backend : input.backends()) {
            content.append(figures(backend, open));
        }
        return content.toString();
    }

    private HtmlTable errors() {
        HtmlTable table = new HtmlTable(
                "backend",
                "verdict",
                "loss error",
                "relative",
                "ULPs",
                "gradient error",
                "99.9 %",
                "RMS",
                "row sums",
                "statuses",
                "runs",
                "ms");
        for (BackendComparison backend : input.backends()) {
            Deviation deviation = backend.overall();
            long differing = deviation.statuses().count();
            long different = backend.differences().count();
            table.heading(Text.html(backend.backend()) + "<small>" + Text.html(backend.device()) + "</small>")
                    .cell(badge(backend.beyond(thresholds).isEmpty()))
                    .cell(Text.error(deviation.loss().error()))
                    .cell(Text.error(deviation.relativeLoss().error()))
                    .cell(Text.exact(deviation.lossUlps().error()).replaceAll("\\.0$", ""))
                    .cell(Text.error(deviation.gradient().error()))
                    .cell(Text.error(backend.result().gradientPercentile()))
                    .cell(Text.error(deviation.gradientRms().value()))
                    .cell(Text.error(deviation.rowSum().error()))
                    .cell(differing == 0 ? "equal" : differing + " differ")
                    .cell(backend.runs() + (different == 0 ? " equal" : ", %d differ".formatted(different)))
                    .cell(Text.pixels(backend.milliseconds()));
        }
        return table;
    }

    private String discarded() {
        return "<p class=\"note\">Calls discarded before the milliseconds are of what is steady: %s.</p>\n"
                .formatted(input.backends().stream()
                        .map(backend -> "%s %s".formatted(Text.html(backend.backend()), backend.timing()))
                        .collect(joining("; ")));
    }

    private String places() {
        HtmlTable table = new HtmlTable("largest error", "at", "value", "reference", "error").withLongCells();
        for (BackendComparison backend : input.backends()) {
            Deviation deviation = backend.overall();
            addPlace(table, backend, "loss, relative", deviation.relativeLoss());
            addPlace(table, backend, "gradient", deviation.gradient());
            addPlace(table, backend, "row sum", deviation.rowSum());
        }
        return table.isEmpty() ? "" : "<h3>Where errors are largest</h3>\n" + table.html();
    }

    private static void addPlace(HtmlTable table, BackendComparison backend, String what, Worst worst) {
        if (!worst.isSomewhere()) {
            return;
        }
        table.heading(Text.html(backend.backend()) + ", " + what)
                .cell(where(worst.at()))
                .cell(Text.value(worst.actual()))
                .cell(Text.value(worst.expected()))
                .cell(Text.error(worst.error()));
    }

    private static String where(Place at) {
        return "utterance %d%s%s"
                .formatted(at.b(), at.t() < 0 ? "" : ", frame " + at.t(), at.v() < 0 ? "" : ", symbol " + at.v());
    }

    private String reference() {
        String statuses = input.comparison().statuses().entrySet().stream()
                .map(status -> "%d %s".formatted(status.getValue(), status.getKey()))
                .collect(joining(", "));
        return "<p class=\"note\">Reference: %s; its own α and β disagree about a log-likelihood by %s at most.</p>\n"
                .formatted(
                        Text.html(statuses.isEmpty() ? "no utterances" : statuses),
                        Text.error(input.comparison().disagreement().error()));
    }

    private static String figures(BackendComparison backend, boolean open) {
        HeatMap map = backend.heatMap();
        return Stream.of(Figures.histogram(backend), Figures.byFrame(backend), map == null ? "" : Figures.heatMap(map))
                .collect(joining(
                        "\n",
                        "<details%s><summary>%s: the gradient’s errors</summary><div class=\"figures\">"
                                .formatted(open ? " open" : "", Text.html(backend.backend())),
                        "</div></details>\n"));
    }
}
