package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has been measured is measured once, until what it holds for changes. */
class CalibrationCacheTest {
    @TempDir
    Path home;

    private Path directory;
    private CalibrationCache cache;
    private final MadeUpBackend device = new MadeUpBackend("device", 1, batch -> 1);

    @BeforeEach
    void makeCache() {
        directory = home.resolve("not there yet");
        cache = new CalibrationCache(directory);
        device.measured = Map.of("factor", 2.5);
    }

    private CtcCalibration measured() {
        return CtcCalibration.measure("device", device, device.device().orElseThrow());
    }

    private Path file() {
        return cache.file("device", CtcCalibration.holdsFor(device)).orElseThrow();
    }

    @Test
    void whatIsSavedIsLoaded() {
        CtcCalibration calibration = measured();
        cache.save(calibration);
        assertThat(cache.load("device", device)).contains(calibration);
    }

    @Test
    void nothingElseIsLeftBehind() throws IOException {
        cache.save(measured());
        cache.save(measured());
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void nothingIsKeptThatNobodySaved() {
        assertThat(cache.load("device", device)).isEmpty();
    }

    @Test
    void whatHoldsForAnotherVersionIsNotLoaded() {
        cache.save(measured());
        device.holdsFor = "made up otherwise";
        assertThat(cache.load("device", device)).isEmpty();
    }

    @Test
    void whatHoldsForAnotherVersionButIsInTheFileIsNotLoaded() throws IOException {
        cache.save(measured());
        Files.writeString(file(), Files.readString(file()).replace("made up", "made over"));
        assertThat(cache.load("device", device)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\u12", "nonsense", "constant.factor=2.5", "\u0000\u0000"})
    void whatCannotBeReadIsAsGoodAsNoneAndWrittenAnew(String text) throws IOException {
        cache.save(measured());
        Files.writeString(file(), text);
        assertThat(cache.load("device", device)).isEmpty();
        CtcCalibration again = measured();
        cache.save(again);
        assertThat(cache.load("device", device)).contains(again);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-1", "Infinity", "", "fast"})
    void aConstantThatIsNoTimeIsNotLoaded(String value) throws IOException {
        cache.save(measured());
        Files.writeString(file(), Files.readString(file()).replace("=2.5", "=" + value));
        assertThat(cache.load("device", device)).isEmpty();
    }

    @Test
    void aFileThatIsADirectoryDisturbsNobody() throws IOException {
        Files.createDirectories(file().resolve("in the way"));
        cache.save(measured());
        assertThat(cache.load("device", device)).isEmpty();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeDisturbsNobody() throws IOException {
        Files.writeString(directory, "a file");
        cache.save(measured());
        assertThat(cache.load("device", device)).isEmpty();
    }

    @Test
    void withoutADirectoryNothingIsKept() {
        CalibrationCache none = new CalibrationCache(null);
        none.save(measured());
        assertThat(none.load("device", device)).isEmpty();
    }

    @Test
    void aBackendThatIsStartedTakesWhatIsKeptForItsDeviceAndMeasuresNothing() {
        cache.save(measured());
        device.events.clear();
        MadeUpBackend cpu = new MadeUpBackend("cpu", 0, batch -> 1_000);
        cache.save(CtcCalibration.measure("cpu", cpu, cpu.device().orElseThrow()));
        computeOnce(cpu);
        assertThat(device.events).doesNotContain("measure").contains("compute");
    }

    @Test
    void whatIsKeptForAnotherDeviceIsMeasuredAnew() {
        CtcCalibration kept = measured();
        cache.save(new CtcCalibration(
                kept.backend(), kept.holdsFor(), "another device", kept.measured(), kept.constants()));
        device.events.clear();
        computeOnce(new MadeUpBackend("cpu", 0, batch -> 1_000));
        assertThat(device.events).containsOnlyOnce("measure");
        assertThat(cache.load("device", device).orElseThrow().device()).isEqualTo("the device of device");
    }

    private void computeOnce(MadeUpBackend cpu) {
        CtcBatch batch = CtcBatch.builder(1, 1, 2)
                .scores(new float[2])
                .targets(new int[][] {{}})
                .build();
        try (CtcBackend auto = new AutomaticChoice(List.of(cpu, device), cache).open(CtcConfiguration.defaults())) {
            auto.compute(batch, CtcOptions.defaults());
        }
    }
}
