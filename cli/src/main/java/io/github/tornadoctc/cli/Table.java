package io.github.tornadoctc.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A plain table: a header, and columns two spaces apart. Columns that do not fit a line follow in a table of their own below,
 * with those that tell the rows apart repeated.
 */
final class Table {
    private static final String GAP = "  ";
    /** What terminals have at least. */
    private static final int WIDTH = 80;
    /** No text is broken into lines shorter than that. */
    private static final int NARROWEST = 30;

    private final List<String> header = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();
    private final List<String[]> rows = new ArrayList<>();
    private int keys = 1;

    /** Adds a column of text. */
    Table left(String title) {
        return column(title, false);
    }

    /** Adds a column of numbers. */
    Table right(String title) {
        return column(title, true);
    }

    /** Says that the columns so far are those that tell rows apart; the first is, unless that is said. */
    Table keys() {
        keys = header.size();
        return this;
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
        int from = Math.min(keys, widths.length);
        do {
            if (from > keys) {
                out.println();
            }
            List<Integer> columns = new ArrayList<>();
            int width = -GAP.length();
            for (int column = 0; column < Math.min(keys, widths.length); column++) {
                columns.add(column);
                width += GAP.length() + widths[column];
            }
            int first = from;
            while (from < widths.length && (from == first || fits(widths, from, width))) {
                columns.add(from);
                width += GAP.length() + widths[from];
                from++;
            }
            printBlock(out, widths, columns, width);
        } while (from < widths.length);
    }

    /** Whether one more column fits a line, or can be broken to fit it, as the text at the end of all can. */
    private boolean fits(int[] widths, int column, int width) {
        int room = WIDTH - width - GAP.length();
        boolean breakable = column == widths.length - 1 && !right.get(column) && room >= NARROWEST;
        return breakable || widths[column] <= room;
    }

    /** Prints some columns; text of the last one is broken where the line would be too long. */
    private void printBlock(PrintWriter out, int[] widths, List<Integer> columns, int width) {
        int last = columns.getLast();
        int most = right.get(last) ? widths[last] : Math.max(widths[last] - Math.max(width - WIDTH, 0), NARROWEST);
        printRow(out, widths, columns, header.toArray(String[]::new));
        for (String[] row : rows) {
            List<String> lines = lines(row[last], most);
            String[] line = row.clone();
            for (String text : lines) {
                line[last] = text;
                printRow(out, widths, columns, line);
                line = header.stream().map(title -> "").toArray(String[]::new);
            }
        }
    }

    private static List<String> lines(String text, int most) {
        if (text.length() <= most) {
            return List.of(text);
        }
        List<String> lines = new ArrayList<>();
        // as many words as fit, or as much of a word that does not
        Matcher piece = Pattern.compile("\\S.{0,%d}(?=\\s|$)|\\S{1,%d}".formatted(most - 1, most))
                .matcher(text);
        while (piece.find()) {
            lines.add(piece.group());
        }
        return lines;
    }

    private void printRow(PrintWriter out, int[] widths, List<Integer> columns, String... cells) {
        StringBuilder line = new StringBuilder();
        for (int column : columns) {
            String cell = cells[column];
            String padding = " ".repeat(Math.max(widths[column] - cell.length(), 0));
            line.append(line.isEmpty() && column == 0 ? "" : GAP)
                    .append(right.get(column) ? padding + cell : cell + padding);
        }
        out.println(line.toString().stripTrailing());
    }
}
