package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.tornadoctc.compare.ResultComparison;
import io.github.tornadoctc.compare.Thresholds;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code auto} in a JVM that has TornadoVM: a GPU is chosen where it is estimated to be faster, and a CPU is never. */
@Tag("device")
class AutomaticDeviceTest {
    @TempDir
    Path cache;

    private final CtcBackendProvider provider = CtcBackends.provider("tornado");
    private final CtcCostModel model = provider.costModel().orElseThrow();
    private final CtcBatch batch = new CtcShape("some", 50, 4, 20, 10).randomBatch(1);

    @BeforeEach
    void keepThatTheDeviceIsFasterWithAnything() {
        provider.unavailable().ifPresent(reason -> {
            System.out.println("Automatic choice of a device: SKIPPED, " + reason);
            abort(reason);
        });
        System.setProperty(CacheDirectory.PROPERTY, cache.toString());
        Map<String, Double> constants = new HashMap<>();
        model.builtIn().keySet().forEach(name -> constants.put(name, 0.0));
        constants.put("startNanos", 1.0);
        new CalibrationCache(cache)
                .save(new CtcCalibration(
                        "tornado",
                        CtcCalibration.holdsFor(model),
                        model.device().map(CtcDevice::name).orElse("none"),
                        Instant.EPOCH,
                        constants));
    }

    @AfterEach
    void useTheUsersCache() {
        System.clearProperty(CacheDirectory.PROPERTY);
    }

    @Test
    void aGpuIsChosenAndTheCpuItselfIsNot() {
        Optional<CtcDevice> gpu = model.device();
        System.out.println(
                "Automatic choice of a device: " + gpu.map(CtcDevice::name).orElse("there is no GPU"));
        try (CtcBackend auto = CtcBackends.best();
                CtcBackend expected = CtcBackends.open(gpu.isPresent() ? "tornado" : "cpu")) {
            CtcResult result = auto.compute(batch, CtcOptions.defaults());
            CtcChoice choice = auto.operation(CtcChoice.class).orElseThrow();
            assertThat(choice.chosen(batch, CtcOptions.defaults()).name()).isEqualTo(expected.name());
            assertThat(result.losses())
                    .isEqualTo(expected.compute(batch, CtcOptions.defaults()).losses());
        }
    }

    @Test
    void memoryIsAGpusIfThereIsOneAndTheCpuUsesItAsWell() {
        CtcOptions step = CtcOptions.defaults();
        try (CtcBackend auto = CtcBackends.best();
                CtcBackend cpu = CtcBackends.open("cpu")) {
            long floats = batch.scores().byteSize() / Float.BYTES;
            int[][] targets = IntStream.range(0, batch.batchSize())
                    .mapToObj(batch::target)
                    .toArray(int[][]::new);
            CtcBatch lent = CtcBatch.builder(batch.timeSteps(), batch.batchSize(), batch.symbols())
                    .scores(auto.allocate(floats, Arena.ofAuto()).copyFrom(batch.scores()))
                    .targets(targets)
                    .build();
            CtcResult result = CtcResult.withGradientIn(auto.allocate(floats, Arena.ofAuto()), lent);
            assertThat(auto.isInLentMemory(lent, step, result))
                    .isEqualTo(model.device().isPresent());
            for (CtcBackend each : List.of(auto, cpu)) {
                result.gradient().fill((byte) 7);
                each.compute(lent, step, result);
                assertThat(ResultComparison.of(lent, step, result).beyond(Thresholds.DEFAULTS))
                        .isEmpty();
            }
        }
    }
}
