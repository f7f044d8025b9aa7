package io.github.tornadoctc.explain;

import static java.util.stream.Collectors.joining;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** An example for the terminal: its probabilities, its paths, its forward table, and that the two agree. */
public final class ExampleText {
    private static final String GAP = "   ";

    private final Example example;
    private final ForwardTable table;
    private final Paths paths;
    private final boolean ascii;

    /** What to print of an example, in ASCII if the terminal has no more. */
    public ExampleText(Example example, boolean ascii) {
        this.example = example;
        this.table = new ForwardTable(example);
        this.paths = Paths.of(example);
        this.ascii = ascii;
    }

    /** Prints it. */
    public void print(PrintWriter out) {
        printProbabilities(out);
        printPaths(out);
        printTable(out);
        printAgreement(out);
    }

    /** Whether table and enumeration come to the same; also if there were too many paths to tell. */
    public boolean agrees() {
        return !paths.enumerated() || table.agreesWith(paths);
    }

    private void printProbabilities(PrintWriter out) {
        out.println("The target \"%s\" in %d frames over the symbols %s, of which %s is the blank."
                .formatted(example.target(), example.frames(), symbols(), example.name(example.blank())));
        out.println();
        List<List<String>> rows = new ArrayList<>();
        rows.add(header("y(t, symbol)"));
        for (int v = 0; v < example.symbolCount(); v++) {
            List<String> row = new ArrayList<>(List.of(example.name(v)));
            for (int t = 0; t < example.frames(); t++) {
                row.add(Values.probability(example.probability(t, v)));
            }
            rows.add(row);
        }
        printColumns(out, rows);
    }

    private String symbols() {
        List<String> names = new ArrayList<>();
        for (int v = 0; v < example.symbolCount(); v++) {
            names.add(example.name(v));
        }
        return String.join(" ", names);
    }

    private List<String> header(String... first) {
        List<String> header = new ArrayList<>(List.of(first));
        for (int t = 0; t < example.frames(); t++) {
            header.add("t=" + t);
        }
        return header;
    }

    private void printPaths(PrintWriter out) {
        out.println();
        out.println("Every path, one symbol per frame: %d^%d = %s"
                .formatted(example.symbolCount(), example.frames(), paths.summary()));
        if (!paths.listed().isEmpty()) {
            out.println("Merge repeats, then drop blanks: what is left is what a path collapses to.");
            out.println();
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("path", "probability", "", "collapses to"));
            for (Paths.Path path : paths.listed()) {
                rows.add(List.of(
                        path.symbols(),
                        path.product().replace(" × ", " " + times() + " "),
                        "= " + Values.probability(path.probability()),
                        "\"%s\"%s".formatted(path.collapsed(), path.collapsesToTarget() ? " *" : "")));
            }
            printColumns(out, rows);
        }
        if (paths.enumerated()) {
            out.println();
            out.println("%s to \"%s\"%s. %s: %s"
                    .formatted(
                            paths.collapsingText(),
                            example.target(),
                            paths.listed().isEmpty() || !paths.all() ? "" : " (*)",
                            paths.collapsing() == 1 ? "Its probability" : "Their sum",
                            Values.probability(paths.sum())));
        }
    }

    private void printTable(PrintWriter out) {
        String alpha = ascii ? "alpha" : "α";
        out.println();
        out.println("The same without enumerating: %s(t, s), the probability of all paths so far that are in state s"
                .formatted(alpha));
        out.println("at frame t. The states are the target's labels with blanks around them. A value comes from the");
        out.println("frame before: %s stay, %s step from one state up, %s skip a blank between two different labels."
                .formatted(
                        arrow(ForwardTable.Move.STAY), arrow(ForwardTable.Move.STEP), arrow(ForwardTable.Move.SKIP)));
        out.println();
        List<List<String>> rows = new ArrayList<>();
        rows.add(header("s", "symbol"));
        for (int s = 0; s < table.states(); s++) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(s), table.symbol(s)));
            for (int t = 0; t < table.frames(); t++) {
                row.add("%s %s"
                        .formatted(Values.probability(table.alpha(t, s)), arrows(t, s))
                        .strip());
            }
            rows.add(row);
        }
        printColumns(out, rows);
        int[] cell = table.instructive();
        if (cell != null) {
            out.println();
            out.println("For example %s".formatted(table.equation(alpha, times(), cell[0], cell[1])));
        }
    }

    private void printAgreement(PrintWriter out) {
        out.println();
        out.println("Paths end in the last label or the last blank: %s = %s"
                .formatted(table.ends(), Values.probability(table.likelihood())));
        String ln = Values.logarithm(table.logLikelihood());
        out.println("ln %s = %s, so the loss is %s"
                .formatted(Values.probability(table.likelihood()), ln, Values.logarithm(-table.logLikelihood())));
        if (paths.enumerated()) {
            out.println("Enumeration %s, forward table %s: they %s."
                    .formatted(
                            Values.probability(paths.sum()),
                            Values.probability(table.likelihood()),
                            agrees() ? "agree" : "DIFFER"));
        }
    }

    private String arrows(int t, int s) {
        return table.moves(t, s).stream().map(this::arrow).collect(joining(ascii ? " " : ""));
    }

    private String arrow(ForwardTable.Move move) {
        return ascii ? move.ascii : move.arrow;
    }

    private String times() {
        return ascii ? "x" : "×";
    }

    private static void printColumns(PrintWriter out, List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(" ");
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                line.append(' ').append(cell).append(" ".repeat(widths[column] - cell.length() + GAP.length() - 1));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
