package io.github.tornadoctc.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A plain table: a header, and columns two spaces apart. */
final class Table {
    private static final String GAP = "  ";

    private final List<String> header = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();
    private final List<String[]> rows = new ArrayList<>();

    /** Adds a column of text. */
    Table left(String title) {
        return column(title, false);
    }

    /** Adds a column of numbers. */
    Table right(String title) {
        return column(title, true);
    }

    private Table column(String title, boolean alignRight) {
        header.add(title);
        right.add(alignRight);
        return this;
    }

    /** Adds a row of as many cells as there are columns. */
    Table row(Object... cells) {
        String[] row = new String[header.size()];
        for (int column = 0; column < row.length; column++) {
            row[column] = String.valueOf(cells[column]).replaceAll("\\R", " ");
        }
        rows.add(row);
        return this;
    }

    void print(PrintWriter out) {
        int[] widths = header.stream().mapToInt(String::length).toArray();
        for (String[] row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
        }
        printRow(out, widths, header.toArray(String[]::new));
        rows.forEach(row -> printRow(out, widths, row));
    }

    private void printRow(PrintWriter out, int[] widths, String... cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.length; column++) {
            String padding = " ".repeat(widths[column] - cells[column].length());
            line.append(column > 0 ? GAP : "")
                    .append(right.get(column) ? padding + cells[column] : cells[column] + padding);
        }
        out.println(line.toString().stripTrailing());
    }
}
