package io.github.tornadoctc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.compare.BatchComparison;
import io.github.tornadoctc.compare.Candidate;
import io.github.tornadoctc.compare.Comparison;
import io.github.tornadoctc.compare.Comparison.Effort;
import io.github.tornadoctc.compare.ComparisonRun;
import io.github.tornadoctc.compare.HeatMap;
import io.github.tornadoctc.compare.InputComparison;
import io.github.tornadoctc.compare.SkippedBackend;
import io.github.tornadoctc.compare.Sweep;
import io.github.tornadoctc.compare.Thresholds;
import io.github.tornadoctc.shapes.CtcShape;
import io.github.tornadoctc.shapes.SweptSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final String HOSTILE = "<img src=x onerror=\"alert('1')\">, & so on";
    private static final String ESCAPED = "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;, &amp; so on";

    @TempDir
    Path directory;

    @Test
    void allTextIsEscaped() throws IOException {
        String page = new Page(run(HOSTILE, new Thresholds(0, 0, 0))).text();
        assertThat(page).contains("<h2>" + ESCAPED + "</h2>", "<li>" + ESCAPED + ": reference: gradient");
        assertThat(page).doesNotContain("<img");
    }

    @Test
    void thePageLoadsNothing() throws IOException {
        assertThat(new Page(run("small", Thresholds.DEFAULTS)).text())
                .contains("default-src 'none'", "width=device-width")
                .doesNotContain("http:", "https:", "src=", "@import", "url(");
    }

    @Test
    void aSweepIsDrawnWithALegend() throws IOException {
        List<InputComparison> points = List.of(input("T=9", 9), input("T=18", 18));
        ComparisonRun run = new ComparisonRun(List.of(), new Sweep(SweptSize.T, points), Thresholds.DEFAULTS);
        assertThat(new Page(run).text()).contains("Sweep of T", "<polyline class=\"line s0\"", "grows as T<sup>");
    }

    @Test
    void csvHasARowForEachInputAndBackend() {
        List<String> lines = Csv.of(run(HOSTILE, Thresholds.DEFAULTS)).lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("input,T,B,V,U,backend,device,passed,max_loss_error,");
        assertThat(lines.get(1))
                .startsWith("\"" + HOSTILE.replace("\"", "\"\"") + "\",9,2,5,3,reference,\"CPU, ")
                .contains(",true,0.0,0.0,0.0,,,,");
    }

    @Test
    void filesAreReplacedTogetherAndNothingElseIsLeft() throws IOException {
        Path made = directory.resolve("a/b");
        Report.write(made, run("first", Thresholds.DEFAULTS), "{}");
        Report.write(made, run("second", Thresholds.DEFAULTS), "{\"second\": true}");
        assertThat(names(made)).containsExactlyInAnyOrder("index.html", "comparison.csv", "comparison.json");
        assertThat(made.resolve("index.html")).content().contains("<h2>second</h2>");
        assertThat(made.resolve("comparison.json")).hasContent("{\"second\": true}");
    }

    @Test
    void whatCannotBeWrittenLeavesNoHalfOfIt() throws IOException {
        Files.createDirectories(directory.resolve("comparison.csv/occupied"));
        assertThatThrownBy(() -> Report.write(directory, run("small", Thresholds.DEFAULTS), "{}"))
                .isInstanceOf(IOException.class);
        assertThat(names(directory)).containsExactly("comparison.csv");
    }

    @Test
    void cellsOfAHeatMapAreBytes() {
        double[] cells = {0, 1e-8, 1e-6, 1e-4, Double.POSITIVE_INFINITY};
        assertThat(Figures.heatMap(new HeatMap(0, 5, 1, List.of(cells))))
                .contains("data-cells=\"%s\"".formatted(base64(0, 1, 128, 254, 255)))
                .contains("data-min=\"1.0E-8\" data-max=\"1.0E-4\"");
        assertThat(Figures.heatMap(new HeatMap(0, 2, 1, List.of(new double[] {0, Double.POSITIVE_INFINITY}))))
                .contains("data-cells=\"%s\"".formatted(base64(0, 255)));
        assertThat(Figures.heatMap(new HeatMap(0, 2, 1, List.of(new double[] {0, 1e-3}))))
                .contains("data-cells=\"%s\"".formatted(base64(0, 254)));
    }

    private static String base64(int... levels) {
        byte[] bytes = new byte[levels.length];
        for (int i = 0; i < levels.length; i++) {
            bytes[i] = (byte) levels[i];
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void axesMarkWholeSteps() {
        assertThat(Axis.linear("t", 0, 149).ticks()).containsExactly(0, 50, 100);
        assertThat(Axis.decades("error", DoubleStream.of(0, 2e-7, 3e-5, Double.POSITIVE_INFINITY)))
                .isEqualTo(new Axis("error", 1e-7, 1e-4, true));
        Axis sizes = new Axis("T", 400, 700, true);
        assertThat(sizes.ticks()).containsExactly(400, 700);
        assertThat(sizes.at(400)).isZero();
        assertThat(sizes.at(700)).isEqualTo(1);
        assertThat(sizes.at(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(sizes.name(400)).isEqualTo("400");
        assertThat(sizes.name(1e-7)).isEqualTo("1e-7");
    }

    private static List<String> names(Path parent) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static ComparisonRun run(String name, Thresholds thresholds) {
        return new ComparisonRun(List.of(input(name, 9)), null, thresholds);
    }

    private static InputComparison input(String name, int timeSteps) {
        CtcShape shape = new CtcShape(name, timeSteps, 2, 5, 3);
        CtcBatch batch = shape.randomBatch(1);
        try (CtcBackend reference = CtcBackends.open("reference")) {
            BatchComparison comparison = Comparison.of(
                    batch, CtcOptions.defaults(), List.of(Candidate.of(reference)), new Effort(1, true), () -> {});
            return new InputComparison(
                    shape, batch.maxTargetLength(), comparison, List.of(new SkippedBackend("<absent>", "<nobody>")));
        }
    }
}
