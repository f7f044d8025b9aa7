package io.github.tornadoctc.report;

import io.github.tornadoctc.compare.BackendComparison;
import io.github.tornadoctc.compare.InputComparison;
import io.github.tornadoctc.compare.Sweep;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** How errors grow with the size that a sweep varies. */
final class SweepSection {
    /** As many as the page has colours for. */
    static final int STYLES = 6;

    private final Sweep sweep;

    SweepSection(Sweep sweep) {
        this.sweep = sweep;
    }

    String html() {
        return "<section class=\"card\"><h2>Sweep of %s</h2><div class=\"figures\">%s%s</div>%s</section>"
                .formatted(
                        sweep.size(),
                        picture(
                                "largest |Δ gradient|",
                                each -> each.overall().gradient().error()),
                        picture(
                                "largest relative |Δ loss|",
                                each -> each.overall().relativeLoss().error()),
                        legend());
    }

    private String picture(String label, ToDoubleFunction<BackendComparison> error) {
        DoubleStream errors = sweep.points().stream()
                .flatMap(point -> point.backends().stream())
                .mapToDouble(error);
        double[] sizes = sweep.points().stream()
                .mapToDouble(point -> sweep.size().of(point.input()))
                .toArray();
        double first = sizes[0];
        double last = Math.max(sizes[sizes.length - 1], first * 2);
        Plot plot = new Plot(label, new Axis(sweep.size().name(), first, last, true), Axis.decades(label, errors));
        List<String> backends = sweep.backends();
        for (int i = 0; i < backends.size(); i++) {
            String backend = backends.get(i);
            List<Point> points = sweep.points().stream()
                    .flatMap(point -> points(point, backend, error))
                    .toList();
            plot.line(
                    style(i),
                    points.stream().mapToDouble(Point::x).toArray(),
                    points.stream().mapToDouble(Point::y).toArray());
            for (Point point : points) {
                plot.dot(
                        style(i),
                        point.x,
                        point.y,
                        "%s, %s = %.0f: %s".formatted(backend, sweep.size(), point.x, Text.error(point.y)));
            }
        }
        return "<figure class=\"sweep\">%s<figcaption>The %s of each size; one of 0 is on the bottom line.</figcaption></figure>"
                .formatted(plot.svg(), Text.html(label));
    }

    private record Point(double x, double y) {}

    private Stream<Point> points(InputComparison input, String backend, ToDoubleFunction<BackendComparison> error) {
        return input.backends().stream()
                .filter(each -> each.backend().equals(backend))
                .map(each -> new Point(sweep.size().of(input.input()), error.applyAsDouble(each)));
    }

    private static String style(int backend) {
        return "s" + backend % STYLES;
    }

    private String legend() {
        StringBuilder items = new StringBuilder("<ul class=\"legend\">");
        List<String> backends = sweep.backends();
        for (int i = 0; i < backends.size(); i++) {
            double growth = sweep.growth(
                    backends.get(i), each -> each.overall().gradient().error());
            items.append("<li><i class=\"%s\"></i>%s%s</li>"
                    .formatted(
                            style(i),
                            Text.html(backends.get(i)),
                            Double.isFinite(growth)
                                    ? String.format(
                                            Locale.ROOT,
                                            ": the gradient’s error grows as %s<sup>%.2f</sup>",
                                            sweep.size(),
                                            growth)
                                    : ""));
        }
        return items.append("</ul>").toString();
    }
}
