package io.github.tornadoctc.benchmarks.decoding;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.decoding.BeamSearchDecoder;
import io.github.tornadoctc.decoding.BeamSearchOptions;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import io.github.tornadoctc.timing.Stopwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/**
 * How the time of a beam search grows with its width: a Markdown table of milliseconds an utterance on one thread, and the
 * same as a picture.
 *
 * <p>{@code DecodingGrowth PICTURE.png [shapes] [seconds] [scales]}: the letters of the shapes, how long to measure each, and
 * what logits are multiplied by, 1 for symbols that are all likely and 30 for few that are.
 */
public final class DecodingGrowth {
    private static final int[] WIDTHS = {1, 2, 4, 8, 16, 32, 64, 128, 256};

    private DecodingGrowth() {}

    /** Prints the table and writes the picture. */
    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            System.err.println("usage: DecodingGrowth PICTURE.png [shapes] [seconds] [scales]");
            System.exit(2);
        }
        String shapes = args.length > 1 ? args[1] : "ABCDE";
        double seconds = args.length > 2 ? Double.parseDouble(args[2]) : 1;
        String scales = args.length > 3 ? args[3] : "1,30";
        XYChart chart = new XYChartBuilder()
                .width(800)
                .height(560)
                .title("Beam search: time against width")
                .xAxisTitle("beam width")
                .yAxisTitle("milliseconds an utterance, median")
                .build();
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
        StringBuilder header = new StringBuilder("| shape, scale of logits | T |");
        for (int width : WIDTHS) {
            header.append(" %d |".formatted(width));
        }
        System.out.println(header + System.lineSeparator() + "|---|---|" + "---|".repeat(WIDTHS.length));
        for (String scale : scales.split(",", -1)) {
            for (String letter : shapes.split("", -1)) {
                if (!letter.isEmpty()) {
                    measure(BenchmarkShapes.named(letter), Double.parseDouble(scale), seconds, chart);
                }
            }
        }
        Files.write(Path.of(args[0]), ChartEncoder.getBytes(chart, "png"));
    }

    private static void measure(CtcShape shape, double scale, double seconds, XYChart chart) {
        CtcBatch batch = BenchmarkShapes.batch(shape, scale);
        List<Integer> widths = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        StringBuilder row = new StringBuilder("| %s, %.0f | %d |".formatted(shape.name(), scale, batch.inputLength(0)));
        for (int width : WIDTHS) {
            BeamSearchDecoder decoder =
                    new BeamSearchDecoder(BeamSearchOptions.defaults().withBeamWidth(width));
            double median = new Stopwatch(seconds)
                    .time(() -> decoder.decode(batch, 0))
                    .milliseconds()
                    .median();
            widths.add(width);
            times.add(median);
            row.append(String.format(Locale.ROOT, " %.2f |", median));
        }
        System.out.println(row);
        chart.addSeries("%s, %.0f".formatted(shape.name(), scale), widths, times);
    }
}
