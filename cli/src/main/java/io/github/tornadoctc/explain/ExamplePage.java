package io.github.tornadoctc.explain;

/** An example as a page: its paths, its lattice, and that the two agree. */
public final class ExamplePage {
    private static final String STYLE =
            """
            tr.hit td { background: var(--hit); }
            .sum { font-size: 1.1rem; }
            .lattice { display: block; height: auto; font: 14px ui-monospace, Menlo, Consolas, monospace; }
            .lattice text { fill: var(--ink); text-anchor: middle; }
            .lattice .axis { fill: var(--faint); }
            .lattice circle { fill: var(--page); stroke: var(--line); stroke-width: 1.5; }
            .lattice circle.some { stroke: var(--heat); }
            .lattice circle.end { stroke: var(--path); stroke-width: 2.5; }
            .lattice line { stroke: var(--heat); stroke-width: 1.5; marker-end: url(#arrow); }
            .lattice marker path { fill: var(--heat); }
            """;

    private final Example example;
    private final ForwardTable table;
    private final Paths paths;

    /** A page about an example. */
    public ExamplePage(Example example) {
        this.example = example;
        this.table = new ForwardTable(example);
        this.paths = Paths.of(example);
    }

    /** The page. */
    public String html() {
        String title = "The target \"%s\" in %d frames".formatted(example.target(), example.frames());
        String body = "<h1>%s</h1>%n%s%s%s%s"
                .formatted(Html.escape(title), probabilities(), pathsSection(), latticeSection(), agreement());
        return Html.page("CTC: " + title, STYLE, body);
    }

    private String probabilities() {
        StringBuilder rows = new StringBuilder("<tr><th>symbol</th>");
        for (int t = 0; t < example.frames(); t++) {
            rows.append("<th class=\"number\">t=").append(t).append("</th>");
        }
        for (int v = 0; v < example.symbolCount(); v++) {
            String name = Html.escape(example.name(v)) + (v == example.blank() ? " (blank)" : "");
            rows.append("</tr>\n<tr><td>").append(name).append("</td>");
            for (int t = 0; t < example.frames(); t++) {
                rows.append("<td class=\"number\">")
                        .append(Values.probability(example.probability(t, v)))
                        .append("</td>");
            }
        }
        return """
                <p>The probability of each symbol at each frame, as a network would give it:</p>
                <div class="scroll"><table>
                %s</tr>
                </table></div>
                """
                .formatted(rows);
    }

    private String pathsSection() {
        StringBuilder rows = new StringBuilder();
        for (Paths.Path path : paths.listed()) {
            rows.append(
                    "<tr%s><td class=\"mono\">%s</td><td>%s</td><td class=\"number\">%s</td><td class=\"mono\">&quot;%s&quot;</td></tr>%n"
                            .formatted(
                                    path.collapsesToTarget() ? " class=\"hit\"" : "",
                                    Html.escape(path.symbols()),
                                    path.product(),
                                    Values.probability(path.probability()),
                                    Html.escape(path.collapsed())));
        }
        String list = paths.listed().isEmpty()
                ? ""
                : """
                <p>Merge repeats, then drop blanks: what is left is what a path collapses to.</p>
                <div class="scroll"><table>
                <tr><th>path</th><th>product</th><th class="number">probability</th><th>collapses to</th></tr>
                %s</table></div>
                """
                        .formatted(rows);
        String sum = !paths.enumerated()
                ? ""
                : "<p class=\"sum\">%s to &quot;%s&quot;. %s: <b>%s</b></p>%n"
                        .formatted(
                                paths.collapsingText(),
                                Html.escape(example.target()),
                                paths.collapsing() == 1 ? "Its probability" : "Their sum",
                                Values.probability(paths.sum()));
        return """
                <h2>Every path</h2>
                <p>One symbol per frame: %d<sup>%d</sup> = %s.</p>
                %s%s"""
                .formatted(example.symbolCount(), example.frames(), Html.escape(paths.summary()), list, sum);
    }

    private String latticeSection() {
        int[] cell = table.instructive();
        return """
                <h2>The same without enumerating</h2>
                <p>α(t, s) is the probability of all paths so far that are in state s at frame t. The states are the
                target's labels with blanks around them. A value comes from the frame before: stay in a state, step to
                the next, or skip a blank between two different labels.</p>
                <div class="scroll">%s</div>
                %s"""
                .formatted(
                        LatticeDrawing.svg(table),
                        cell == null
                                ? ""
                                : "<p>For example %s</p>%n".formatted(table.equation("α", "×", cell[0], cell[1])));
    }

    private String agreement() {
        String likelihood = Values.probability(table.likelihood());
        String verdict = !paths.enumerated()
                ? ""
                : "<p>Enumeration %s, forward table %s: they <b>%s</b>.</p>%n"
                        .formatted(
                                Values.probability(paths.sum()),
                                likelihood,
                                table.agreesWith(paths) ? "agree" : "DIFFER");
        return """
                <p class="sum">Paths end in the last label or the last blank: %s = <b>%s</b></p>
                <p>log<sub>e</sub> %s = %s, so the loss is <b>%s</b>.</p>
                %s"""
                .formatted(
                        table.ends(),
                        likelihood,
                        likelihood,
                        Values.logarithm(table.logLikelihood()),
                        Values.logarithm(-table.logLikelihood()),
                        verdict);
    }
}
