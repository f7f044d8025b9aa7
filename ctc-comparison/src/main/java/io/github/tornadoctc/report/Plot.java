package io.github.tornadoctc.report;

import static io.github.tornadoctc.report.Text.html;
import static io.github.tornadoctc.report.Text.pixels;

/** A picture with two axes, as an SVG that is as wide as there is room. Its colours are the page's. */
final class Plot {
    private static final double WIDTH = 360;
    private static final double HEIGHT = 210;
    private static final double LEFT = 46;
    private static final double RIGHT = WIDTH - 12;
    private static final double TOP = 22;
    private static final double BOTTOM = HEIGHT - 36;

    private final Axis x;
    private final Axis y;
    private final StringBuilder content = new StringBuilder();

    /**
     * An empty picture.
     *
     * @param title what it shows, for who cannot see it
     */
    Plot(String title, Axis x, Axis y) {
        this.x = x;
        this.y = y;
        content.append("<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">"
                .formatted(pixels(WIDTH), pixels(HEIGHT), html(title)));
        text("axis", LEFT - 40, 12, "start", y.label());
        text("axis", (LEFT + RIGHT) / 2, HEIGHT - 4, "middle", x.label());
        for (double tick : y.ticks()) {
            double at = yAt(tick);
            segment("grid", LEFT, at, RIGHT, at);
            text("tick", LEFT - 5, at + 3.5, "end", y.name(tick));
        }
        for (double tick : x.ticks()) {
            double at = xAt(tick);
            segment("mark", at, BOTTOM, at, BOTTOM + 4);
            text("tick", at, BOTTOM + 15, "middle", x.name(tick));
        }
        segment("mark", LEFT, BOTTOM, RIGHT, BOTTOM);
    }

    private double xAt(double value) {
        return LEFT + x.at(value) * (RIGHT - LEFT);
    }

    private double yAt(double value) {
        return BOTTOM - y.at(value) * (BOTTOM - TOP);
    }

    /** A bar from one x to another, a hair apart from its neighbours. */
    Plot bar(double from, double to, double height, String title) {
        double left = xAt(from) + 0.5;
        double width = Math.max(xAt(to) - 0.5 - left, 0.5);
        content.append(
                "<rect class=\"bar\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"1.5\"><title>%s</title></rect>"
                        .formatted(
                                pixels(left),
                                pixels(yAt(height)),
                                pixels(width),
                                pixels(BOTTOM - yAt(height)),
                                html(title)));
        return this;
    }

    /** A line through points. */
    Plot line(String style, double[] xs, double... ys) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            points.append(i == 0 ? "" : " ")
                    .append(pixels(xAt(xs[i])))
                    .append(',')
                    .append(pixels(yAt(ys[i])));
        }
        content.append("<polyline class=\"line %s\" points=\"%s\"/>".formatted(html(style), points));
        return this;
    }

    /** A point that can be told from its neighbours. */
    Plot dot(String style, double atX, double atY, String title) {
        content.append("<circle class=\"dot %s\" cx=\"%s\" cy=\"%s\" r=\"3.5\"><title>%s</title></circle>"
                .formatted(html(style), pixels(xAt(atX)), pixels(yAt(atY)), html(title)));
        return this;
    }

    /** A vertical or horizontal line that a threshold or a percentile is at, if it is in the picture. */
    Plot verticalRule(double value, String label) {
        if (value >= x.min() && value <= x.max()) {
            double at = xAt(value);
            segment("rule", at, TOP, at, BOTTOM);
            boolean isRight = at > (LEFT + RIGHT) / 2;
            text("note", isRight ? at - 4 : at + 4, TOP + 8, isRight ? "end" : "start", label);
        }
        return this;
    }

    private void segment(String style, double x1, double y1, double x2, double y2) {
        content.append("<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
                .formatted(style, pixels(x1), pixels(y1), pixels(x2), pixels(y2)));
    }

    private void text(String style, double atX, double atY, String anchor, String text) {
        content.append("<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
                .formatted(style, pixels(atX), pixels(atY), anchor, html(text)));
    }

    String svg() {
        return content + "</svg>";
    }
}
