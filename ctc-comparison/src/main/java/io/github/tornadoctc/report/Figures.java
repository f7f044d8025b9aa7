package io.github.tornadoctc.report;

import static io.github.tornadoctc.report.Text.html;

import io.github.tornadoctc.compare.BackendComparison;
import io.github.tornadoctc.compare.ErrorHistogram;
import io.github.tornadoctc.compare.HeatMap;
import java.util.Base64;
import java.util.stream.DoubleStream;

/** The pictures of one backend on one input, with their captions. */
final class Figures {
    private static final int HISTOGRAM_FROM = -16;
    private static final int HISTOGRAM_TO = 1;
    /** Four bars to a decade. */
    private static final int BARS = 4;

    private static final int MAX_POINTS = 300;
    /** Levels of a cell of a heat map: 0 for no error, then these; what is left of a byte is for not finite ones. */
    private static final int LEVELS = 254;

    private Figures() {}

    /** How many elements of the gradient have an error of which size. */
    static String histogram(BackendComparison backend) {
        ErrorHistogram errors = backend.result().gradientErrors().histogram();
        int bars = (HISTOGRAM_TO - HISTOGRAM_FROM) * BARS;
        long[] counts = new long[bars];
        long most = 1;
        int first = bars;
        int last = 0;
        for (int bar = 0; bar < bars; bar++) {
            // the ends take what lies beyond them
            counts[bar] = errors.between(bar == 0 ? 0 : edge(bar), bar == bars - 1 ? 1e300 : edge(bar + 1));
            most = Math.max(most, counts[bar]);
            if (counts[bar] > 0) {
                first = Math.min(first, bar);
                last = bar;
            }
        }
        first = Math.min(first, last) / BARS * BARS;
        last = (last / BARS + 1) * BARS;
        Axis x = new Axis("|Δ gradient|, of an element", edge(first), edge(last), true);
        Plot plot = new Plot("error histogram", x, new Axis("elements", 0.5, nextDecade((double) most), true));
        for (int bar = first; bar < last; bar++) {
            if (counts[bar] > 0) {
                plot.bar(
                        edge(bar),
                        edge(bar + 1),
                        (double) counts[bar],
                        "%d of %s to %s"
                                .formatted(
                                        counts[bar],
                                        bar == 0 ? "less" : Text.error(edge(bar)),
                                        Text.error(edge(bar + 1))));
            }
        }
        double percentile = backend.result().gradientPercentile();
        plot.verticalRule(percentile, "99.9 %");
        String caption = "Errors by size: %d elements, %d of them exactly right; 99.9 %% are at most %s off."
                .formatted(errors.count(), errors.zeros(), Text.error(percentile));
        return figure("histogram", plot.svg(), caption);
    }

    private static double edge(int bar) {
        return Math.pow(10, HISTOGRAM_FROM + bar / (double) BARS);
    }

    private static double nextDecade(double value) {
        return Math.pow(10, Math.floor(Math.log10(value)) + 1);
    }

    /** The largest error at each frame. */
    static String byFrame(BackendComparison backend) {
        double[] errors = backend.result().gradientErrors().byFrame();
        int points = Math.min(errors.length, MAX_POINTS);
        double[] frames = new double[points];
        double[] largest = new double[points];
        for (int i = 0; i < points; i++) {
            int from = (int) ((long) i * errors.length / points);
            int to = (int) ((i + 1L) * errors.length / points);
            frames[i] = from;
            for (int t = from; t < to; t++) {
                largest[i] = Math.max(largest[i], errors[t]);
            }
        }
        Plot plot = new Plot(
                "error against frame",
                Axis.linear("frame t", 0, errors.length - 1.0),
                Axis.decades("largest |Δ gradient|", DoubleStream.of(largest)));
        plot.line("s0", frames, largest);
        return figure("by-frame", plot.svg(), "Largest error at each frame, of all utterances and symbols.");
    }

    /** Where the worst utterance is off: the page's script draws it from bytes. */
    static String heatMap(HeatMap map) {
        double max = map.cells().stream()
                .flatMapToDouble(DoubleStream::of)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        double min = map.cells().stream()
                .flatMapToDouble(DoubleStream::of)
                .filter(error -> error > 0 && Double.isFinite(error))
                .min()
                .orElse(max);
        // eight decades are what colours can tell apart
        double from = Math.max(min, max * 1e-8);
        byte[] bytes = new byte[map.rows() * map.columns()];
        for (int row = 0; row < map.rows(); row++) {
            for (int column = 0; column < map.columns(); column++) {
                bytes[row * map.columns() + column] = (byte) level(map.cells().get(row)[column], from, max);
            }
        }
        String canvas =
                """
                <div class="map"><canvas width="%d" height="%d" role="img" aria-label="heat map of errors"\
                 data-cells="%s" data-min="%s" data-max="%s" data-frames="%d" data-symbols="%d"></canvas></div>
                <div class="scale"><span>%s</span><i></i><span>%s</span></div>
                <output>frames run to the right, symbols down; touch the map for a value</output>"""
                        .formatted(
                                map.columns(),
                                map.rows(),
                                Base64.getEncoder().encodeToString(bytes),
                                Text.exact(from),
                                Text.exact(max),
                                map.frames(),
                                map.symbols(),
                                Text.error(from),
                                Text.error(max));
        String caption = "|Δ gradient| of utterance %d, which has the largest error, over t (0 to %d) and v (0 to %d)."
                .formatted(map.utterance(), map.frames() - 1, map.symbols() - 1);
        return figure("heat-map", canvas, caption);
    }

    private static long level(double error, double min, double max) {
        if (error == 0) {
            return 0;
        }
        if (!Double.isFinite(error)) {
            return LEVELS + 1;
        }
        if (min == max) {
            return LEVELS;
        }
        return 1 + Math.round((LEVELS - 1) * Math.max(Math.log(error / min) / Math.log(max / min), 0));
    }

    private static String figure(String style, String picture, String caption) {
        return "<figure class=\"%s\">%s<figcaption>%s</figcaption></figure>".formatted(style, picture, html(caption));
    }
}
