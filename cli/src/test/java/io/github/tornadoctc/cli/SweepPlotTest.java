package io.github.tornadoctc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.measure.Mode;
import io.github.tornadoctc.measure.Sweep;
import io.github.tornadoctc.measure.Throughput;
import io.github.tornadoctc.shapes.CtcShape;
import io.github.tornadoctc.timing.Quartiles;
import io.github.tornadoctc.timing.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

class SweepPlotTest {
    @TempDir
    Path directory;

    private static Throughput throughput(CtcShape shape, String backend, double time) {
        return throughput(shape, backend, time, true);
    }

    private static Throughput throughput(CtcShape shape, String backend, double time, boolean steady) {
        return new Throughput(
                shape, backend, Mode.STEP, new Timing(new Quartiles(time, time, time, 3), 7, steady), 1, 1);
    }

    @Test
    void aPlotIsAPictureAndItsNumbers() throws IOException {
        Sweep sweep = Sweep.ALL.get(2);
        List<Throughput> measured = new ArrayList<>();
        for (CtcShape shape : sweep.shapes()) {
            double time = 1.5 * shape.batchSize();
            measured.add(throughput(shape, "cpu", time));
            measured.add(throughput(shape, "tornado", time / 2));
        }
        List<Path> files = SweepPlot.write(directory, sweep, Mode.STEP, measured);
        assertThat(files).containsExactly(directory.resolve("step-B.csv"), directory.resolve("step-B.png"));
        assertThat(Files.readAllLines(files.get(0)))
                .hasSize(1 + measured.size())
                .contains("cpu,step,512,4,64,64,6.000000,6.000000,6.000000,3,7,true");
        assertThat(ImageIO.read(files.get(1).toFile()).getWidth()).isEqualTo(800);
    }

    @Test
    void whatIsNotSteadyIsNoPointOfTheLine() {
        Sweep sweep = Sweep.ALL.get(2);
        List<Throughput> measured = new ArrayList<>();
        for (CtcShape shape : sweep.shapes()) {
            measured.add(throughput(shape, "cpu", shape.batchSize(), shape.batchSize() != 4));
        }
        XYChart chart = SweepPlot.chart(sweep, Mode.STEP, measured);
        assertThat(chart.getSeriesCollection()).extracting(XYSeries::getName).containsExactly("cpu", "cpu, not steady");
        assertThat(chart.getSeries("cpu").getYData())
                .hasSize(measured.size() - 1)
                .doesNotContain(4);
        assertThat(chart.getSeries("cpu, not steady").getYData()).containsExactly(4);
    }
}
