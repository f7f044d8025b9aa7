package io.github.tornadoctc.io.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer kept, read again without it. */
class ReplayTest {
    /** The fuzzer's entry of a target. */
    interface Target {
        void read(byte[] bytes) throws IOException;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    @Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyKeptFileIsReadOrRefusedAsDocumented(Path file, Target target) throws IOException {
        target.read(Files.readAllBytes(file));
    }

    static Stream<Arguments> corpus() {
        return Stream.of(
                        inputs("Npy", NpyTarget::fuzzerTestOneInput),
                        inputs("Npz", NpzTarget::fuzzerTestOneInput),
                        inputs("NpzArrays", NpzArraysTarget::fuzzerTestOneInput),
                        inputs("Safetensors", SafetensorsTarget::fuzzerTestOneInput),
                        inputs("Json", JsonTarget::fuzzerTestOneInput),
                        inputs("Tokens", TokensTarget::fuzzerTestOneInput),
                        inputs("Arpa", ArpaTarget::fuzzerTestOneInput))
                .flatMap(List::stream);
    }

    private static List<Arguments> inputs(String name, Target target) {
        try (Stream<Path> files = Files.list(directory().resolve(name))) {
            List<Arguments> inputs = files.sorted()
                    .map(file -> Arguments.of(Named.of(name + "/" + file.getFileName(), file), target))
                    .toList();
            if (inputs.isEmpty()) {
                throw new IllegalStateException("nothing to replay in " + name);
            }
            return inputs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory() {
        try {
            return Path.of(Objects.requireNonNull(ReplayTest.class.getResource("make_seeds.py"))
                            .toURI())
                    .resolveSibling("");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
