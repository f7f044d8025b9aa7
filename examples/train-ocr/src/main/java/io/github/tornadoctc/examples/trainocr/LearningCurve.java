package io.github.tornadoctc.examples.trainocr;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws how a training has gone: the loss and the error rate against the steps, on logarithmic axes of their own. */
final class LearningCurve {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 500;
    /** Points of the loss: each is the mean of the steps that it stands for. */
    private static final int POINTS = 200;
    /** Below that a logarithmic axis does not go: one character in ten thousand. */
    private static final double LEAST_PERCENT = 0.01;

    private LearningCurve() {}

    /** Writes it as PNG; nothing if there was no validation yet. */
    static void write(Path file, History history) throws IOException {
        if (!history.validations().isEmpty()) {
            Files.write(file, ChartEncoder.getBytes(chart(history), "png"));
        }
    }

    private static XYChart chart(History history) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Learning to read lines of 3 to 12 characters")
                .xAxisTitle("steps")
                .build();
        chart.setYAxisGroupTitle(0, "loss, nats a character");
        chart.setYAxisGroupTitle(1, "character error rate, %");
        chart.getStyler()
                .setYAxisLogarithmic(true)
                .setYAxisGroupPosition(1, Styler.YAxisPosition.Right)
                .setLegendPosition(Styler.LegendPosition.InsideNE)
                .setChartBackgroundColor(Color.WHITE);
        addLoss(chart, history.losses());
        addErrorRate(chart, history.validations());
        return chart;
    }

    private static void addLoss(XYChart chart, List<Float> losses) {
        int steps = Math.max(1, losses.size() / POINTS);
        int points = losses.size() / steps;
        double[] x = new double[points];
        double[] y = new double[points];
        for (int i = 0; i < points; i++) {
            x[i] = (i + 1) * steps;
            y[i] = losses.subList(i * steps, (i + 1) * steps).stream()
                    .mapToDouble(Float::doubleValue)
                    .average()
                    .orElse(Double.NaN);
        }
        XYSeries series = chart.addSeries("loss of training, mean of %d steps".formatted(steps), x, y);
        series.setMarker(SeriesMarkers.NONE);
    }

    private static void addErrorRate(XYChart chart, List<History.Validation> validations) {
        XYSeries series = chart.addSeries(
                "error rate on other lines",
                validations.stream().mapToDouble(History.Validation::step).toArray(),
                validations.stream()
                        .mapToDouble(validation -> Math.max(LEAST_PERCENT, 100.0 * validation.errorRate()))
                        .toArray());
        series.setYAxisGroup(1);
        series.setMarker(SeriesMarkers.CIRCLE);
    }
}
