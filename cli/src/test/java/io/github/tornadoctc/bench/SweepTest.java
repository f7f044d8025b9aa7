package io.github.tornadoctc.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SweepTest {
    static final List<Sweep> SWEEPS = Sweep.ALL;

    @TempDir
    Path directory;

    @Test
    void everySizeHasItsSweep() {
        assertThat(Sweep.ALL).extracting(Sweep::size).containsExactly("T", "U", "B", "V");
    }

    @ParameterizedTest
    @FieldSource("SWEEPS")
    void onlyOneSizeVariesAndItDoubles(Sweep sweep) {
        for (int i = 1; i < sweep.shapes().size(); i++) {
            CtcShape shape = sweep.shapes().get(i);
            CtcShape before = sweep.shapes().get(i - 1);
            assertThat(sweep.value(shape)).isEqualTo(2 * sweep.value(before));
            assertThat(volume(shape)).isEqualTo(2 * volume(before));
        }
    }

    private static long volume(CtcShape shape) {
        return (long) shape.timeSteps() * shape.batchSize() * shape.symbols() * shape.maxTargetLength();
    }

    /** Otherwise a point would be of batches that need less work than their neighbours'. */
    @ParameterizedTest
    @FieldSource("SWEEPS")
    void targetsFitTheirFrames(Sweep sweep) {
        for (CtcShape shape : sweep.shapes()) {
            CtcBatch batch = shape.randomBatch(1);
            for (int b = 0; b < batch.batchSize(); b++) {
                assertThat(batch.inputLength(b)).isGreaterThanOrEqualTo(batch.targetLength(b) + repeats(batch, b));
            }
        }
    }

    private static int repeats(CtcBatch batch, int b) {
        int repeats = 0;
        for (int u = 1; u < batch.targetLength(b); u++) {
            repeats += batch.label(b, u) == batch.label(b, u - 1) ? 1 : 0;
        }
        return repeats;
    }

    @Test
    void aPlotIsAPictureAndItsNumbers() throws IOException {
        Sweep sweep = Sweep.ALL.get(2);
        List<Throughput> measured = new ArrayList<>();
        for (CtcShape shape : sweep.shapes()) {
            double time = 1.5 * shape.batchSize();
            measured.add(new Throughput(shape, "cpu", Mode.STEP, new Quartiles(time, time, time, 3), 1, 1));
            measured.add(new Throughput(shape, "tornado", Mode.STEP, new Quartiles(time, time / 2, time, 3), 1, 1));
        }
        List<Path> files = SweepPlot.write(directory, sweep, Mode.STEP, measured);
        assertThat(files).containsExactly(directory.resolve("step-B.csv"), directory.resolve("step-B.png"));
        assertThat(Files.readAllLines(files.get(0)))
                .hasSize(1 + measured.size())
                .contains("cpu,step,512,4,64,64,6.000000,6.000000,6.000000,3");
        assertThat(ImageIO.read(files.get(1).toFile()).getWidth()).isEqualTo(800);
    }
}
