package io.github.tornadoctc.explain;

import java.util.Locale;

/** The forward table as a lattice: a circle per state and frame, an arrow per move that brought something. */
final class LatticeDrawing {
    private static final int ACROSS = 130;
    private static final int DOWN = 84;
    private static final int RADIUS = 30;
    private static final int LEFT = 96;
    private static final int TOP = 64;

    private LatticeDrawing() {}

    static String svg(ForwardTable table) {
        StringBuilder parts = new StringBuilder();
        for (int t = 0; t < table.frames(); t++) {
            text(parts, x(t), TOP - RADIUS - 14, "axis", "t=" + t);
        }
        for (int s = 0; s < table.states(); s++) {
            text(parts, 34, y(s) + 5, "axis", "s=%d %s".formatted(s, table.symbol(s)));
            for (int t = 0; t < table.frames(); t++) {
                for (ForwardTable.Move move : table.moves(t, s)) {
                    arrow(parts, x(t - 1), y(s - move.states), x(t), y(s));
                }
            }
        }
        for (int s = 0; s < table.states(); s++) {
            for (int t = 0; t < table.frames(); t++) {
                circle(parts, table, t, s);
            }
        }
        int width = x(table.frames() - 1) + RADIUS + 8;
        int height = y(table.states() - 1) + RADIUS + 8;
        return """
                <svg class="lattice" viewBox="0 0 %1$d %2$d" width="%1$d" role="img"
                 aria-label="The lattice: values per state and frame, with arrows from where they came">
                <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"
                 orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
                %3$s</svg>"""
                .formatted(width, height, parts);
    }

    private static int x(int t) {
        return LEFT + RADIUS + t * ACROSS;
    }

    private static int y(int s) {
        return TOP + s * DOWN;
    }

    /** From edge to edge. */
    private static void arrow(StringBuilder parts, int fromX, int fromY, int toX, int toY) {
        double length = Math.hypot(toX - fromX, toY - fromY);
        double dx = (toX - fromX) / length;
        double dy = (toY - fromY) / length;
        parts.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                fromX + RADIUS * dx,
                fromY + RADIUS * dy,
                toX - (RADIUS + 3) * dx,
                toY - (RADIUS + 3) * dy));
    }

    private static void circle(StringBuilder parts, ForwardTable table, int t, int s) {
        boolean some = table.alpha(t, s) > 0;
        boolean end = some && t == table.frames() - 1 && table.isEnd(s);
        parts.append("<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>%n"
                .formatted(end ? "end" : some ? "some" : "none", x(t), y(s), RADIUS));
        text(parts, x(t), y(s) + 5, some ? "" : "axis", shortened(table.alpha(t, s)));
    }

    /** What fits into a circle. */
    private static String shortened(double value) {
        String exact = Values.probability(value);
        if (exact.length() <= 6) {
            return exact;
        }
        return value >= 1e-3 ? String.format(Locale.ROOT, "%.4f", value) : String.format(Locale.ROOT, "%.0e", value);
    }

    private static void text(StringBuilder parts, int x, int y, String style, String text) {
        parts.append("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n".formatted(style, x, y, Html.escape(text)));
    }
}
