package io.github.tornadoctc.report;

/** A table whose cells know their column's title, so that a narrow screen can show a row as a card. */
final class HtmlTable {
    private final String[] titles;
    private final StringBuilder rows = new StringBuilder();
    private String style = "table";
    private int column;

    HtmlTable(String... titles) {
        this.titles = titles;
    }

    /** On a narrow screen a cell gets a line of its own. */
    HtmlTable withLongCells() {
        style = "table long";
        return this;
    }

    /** Begins a row; this and the cells are HTML. */
    HtmlTable heading(String content) {
        rows.append("<tr><th scope=\"row\">%s</th>".formatted(content));
        column = 1;
        return this;
    }

    /** The next cell of a row; nothing is left out on a narrow screen. */
    HtmlTable cell(String content) {
        rows.append("<td data-title=\"%s\">%s</td>".formatted(Text.html(titles[column]), content));
        column++;
        if (column == titles.length) {
            rows.append("</tr>\n");
        }
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    String html() {
        StringBuilder head = new StringBuilder();
        for (String title : titles) {
            head.append("<th scope=\"col\">%s</th>".formatted(Text.html(title)));
        }
        return "<div class=\"%s\"><table><thead><tr>%s</tr></thead><tbody>\n%s</tbody></table></div>\n"
                .formatted(style, head, rows);
    }
}
