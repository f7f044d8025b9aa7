package io.github.tornadoctc.report;

import static io.github.tornadoctc.report.Text.html;
import static java.util.stream.Collectors.joining;

import io.github.tornadoctc.compare.ComparisonRun;
import io.github.tornadoctc.compare.InputComparison;
import io.github.tornadoctc.compare.Sweep;
import io.github.tornadoctc.compare.Thresholds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The page: style, script and data in one file, which a content security policy keeps from loading anything else.
 * Narrow screens get a card for each row of a table.
 */
final class Page {
    /** The rest is folded away: a phone shows about as many at once. */
    private static final int SHOWN_FAILURES = 4;

    private final ComparisonRun run;

    Page(ComparisonRun run) {
        this.run = run;
    }

    String text() throws IOException {
        List<String> failures = run.failures();
        StringBuilder body = new StringBuilder(header(failures));
        Sweep sweep = run.sweep();
        if (sweep != null) {
            body.append(new SweepSection(sweep).html());
        }
        boolean open = true;
        for (InputComparison input : run.single()) {
            body.append(new InputSection(input, run.thresholds()).html(open));
            // the pictures of one input are enough to begin with
            open = false;
        }
        if (sweep != null) {
            for (InputComparison point : sweep.points()) {
                body.append(new InputSection(point, run.thresholds()).folded());
            }
        }
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
                script-src 'unsafe-inline'">
                <title>CTC comparison: %s</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                %s</main>
                <script>
                %s</script>
                </body>
                </html>
                """
                .formatted(verdict(failures), resource("page.css"), body, resource("page.js"));
    }

    private static String verdict(List<String> failures) {
        return failures.isEmpty() ? "passed" : "failed";
    }

    private String header(List<String> failures) {
        Thresholds thresholds = run.thresholds();
        StringBuilder header = new StringBuilder(
                """
                <header>
                <h1>CTC comparison <span class="verdict %1$s">%1$s</span></h1>
                <p>Losses and gradients of each backend beside the double reference, %2$s, Java %3$s on %4$s %5$s.
                Too far off is a relative loss error above %6$s, a gradient error above %7$s, a row sum error above %8$s,
                another status, a gradient where there must be none, or other bits when computed again.</p>
                """
                        .formatted(
                                verdict(failures),
                                html(Instant.now().truncatedTo(ChronoUnit.SECONDS)),
                                html(System.getProperty("java.version")),
                                html(System.getProperty("os.name")),
                                html(System.getProperty("os.arch")),
                                Text.error(thresholds.lossError()),
                                Text.error(thresholds.gradientError()),
                                Text.error(thresholds.rowSumError())));
        if (!failures.isEmpty()) {
            int shown = Math.min(failures.size(), SHOWN_FAILURES);
            header.append(list(failures.subList(0, shown)));
            if (shown < failures.size()) {
                header.append("<details class=\"more\"><summary>%d more</summary>%s</details>\n"
                        .formatted(failures.size() - shown, list(failures.subList(shown, failures.size()))));
            }
        }
        return header.append("</header>\n").toString();
    }

    private static String list(List<String> failures) {
        return failures.stream()
                .map(failure -> "<li>%s</li>".formatted(html(failure)))
                .collect(joining("", "<ul class=\"failures\">", "</ul>\n"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("this build comes without " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
