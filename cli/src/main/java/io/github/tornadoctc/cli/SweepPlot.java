package io.github.tornadoctc.cli;

import io.github.tornadoctc.measure.Mode;
import io.github.tornadoctc.measure.Sweep;
import io.github.tornadoctc.measure.Throughput;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a sweep: time against one size, a line for each backend, both axes logarithmic. */
final class SweepPlot {
    private static final double TICK_TOLERANCE = 1e-6;
    private static final int WIDTH = 800;
    private static final int HEIGHT = 560;

    private SweepPlot() {}

    /**
     * Writes {@code NAME.png}, and {@code NAME.csv} with what it shows.
     *
     * @param measured of all backends, at every shape of the sweep
     * @return the files
     */
    static List<Path> write(Path directory, Sweep sweep, Mode mode, List<Throughput> measured) throws IOException {
        String name = "%s-%s".formatted(mode, sweep.size());
        Path csv = directory.resolve(name + ".csv");
        Path png = directory.resolve(name + ".png");
        Files.writeString(csv, csv(measured));
        Files.write(png, ChartEncoder.getBytes(chart(sweep, mode, measured), "png"));
        return List.of(csv, png);
    }

    static XYChart chart(Sweep sweep, Mode mode, List<Throughput> measured) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("CTC %s: time against %s (%s)".formatted(mode, sweep.size(), sweep.fixed()))
                .xAxisTitle(sweep.size().toString())
                .yAxisTitle("milliseconds, median")
                .build();
        double[] times = measured.stream()
                .mapToDouble(each -> each.milliseconds().median())
                .sorted()
                .toArray();
        chart.getStyler()
                .setXAxisTickLabelsFormattingFunction(SweepPlot::powerOfTwo)
                .setYAxisLogarithmic(true)
                .setYAxisMin(Math.pow(10, Math.floor(Math.log10(times[0]))))
                .setYAxisMax(Math.pow(10, Math.ceil(Math.log10(times[times.length - 1]))))
                .setLegendPosition(Styler.LegendPosition.InsideNW)
                .setChartBackgroundColor(Color.WHITE);
        for (String backend :
                measured.stream().map(Throughput::backend).distinct().toList()) {
            List<Throughput> ofBackend = measured.stream()
                    .filter(each -> each.backend().equals(backend))
                    .toList();
            add(chart, backend, sweep, steady(ofBackend, true))
                    .ifPresent(series -> series.setMarker(SeriesMarkers.CIRCLE));
            // no line goes through what was still getting faster
            add(chart, backend + ", not steady", sweep, steady(ofBackend, false))
                    .ifPresent(series -> {
                        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
                        series.setMarker(SeriesMarkers.CROSS);
                    });
        }
        return chart;
    }

    private static List<Throughput> steady(List<Throughput> points, boolean steady) {
        return points.stream().filter(each -> each.timing().steady() == steady).toList();
    }

    private static Optional<XYSeries> add(XYChart chart, String name, Sweep sweep, List<Throughput> points) {
        if (points.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(chart.addSeries(
                name,
                points.stream()
                        .mapToDouble(each -> Math.log(sweep.size().of(each.shape())) / Math.log(2))
                        .toArray(),
                points.stream()
                        .mapToDouble(each -> each.milliseconds().median())
                        .toArray()));
    }

    /** XChart's own logarithmic axis has ticks at powers of ten alone, and a sweep is of powers of two. */
    private static String powerOfTwo(double exponent) {
        long whole = Math.round(exponent);
        return Math.abs(exponent - whole) < TICK_TOLERANCE ? Long.toString(1L << whole) : "";
    }

    private static String csv(List<Throughput> measured) {
        StringBuilder csv = new StringBuilder(
                "backend,mode,T,B,V,U,milliseconds,lower_quartile,upper_quartile,calls,discarded,steady\n");
        for (Throughput each : measured) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%d,%d,%d,%d,%.6f,%.6f,%.6f,%d,%d,%b%n",
                    each.backend(),
                    each.mode(),
                    each.shape().timeSteps(),
                    each.shape().batchSize(),
                    each.shape().symbols(),
                    each.shape().maxTargetLength(),
                    each.milliseconds().median(),
                    each.milliseconds().lower(),
                    each.milliseconds().upper(),
                    each.milliseconds().count(),
                    each.timing().discarded(),
                    each.timing().steady()));
        }
        return csv.toString();
    }
}
