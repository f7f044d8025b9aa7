package io.github.tornadoctc.io;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays of every type in every byte order and order of axes, as NumPy writes them. */
class NpyTypesTest {
    private static final double[] COUNTED =
            IntStream.range(0, 24).asDoubleStream().toArray();

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void copyFile() throws IOException {
        file = TestFiles.fixture("types.npz", directory);
    }

    @Test
    void everyTypeIsReadInEitherByteOrderAndInFortranOrder() throws IOException {
        try (NpzFile npz = NpzFile.open(file)) {
            for (String name : npz.names()) {
                if (name.startsWith("<") || name.startsWith(">")) {
                    NpyArray array = npz.read(name);
                    assertThat(array.shape()).as(name).containsExactly(2, 3, 4);
                    assertThat(array.doubles()).as(name).isEqualTo(COUNTED);
                    assertThat(array.type().descr()).as(name).endsWith(name.substring(1, 3));
                }
            }
        }
    }

    /** Else the rule above would hold for whatever happens to be in the file. */
    @Test
    void theFileHasEveryType() throws IOException {
        Set<NpyType> read;
        try (NpzFile npz = NpzFile.open(file)) {
            read = npz.names().stream()
                    .map(name -> NpyType.ofDescr(name.replace(" fortran", "")))
                    .flatMap(Optional::stream)
                    .collect(toSet());
        }
        Set<NpyType> others = Set.of(NpyType.BOOL, NpyType.BFLOAT16);
        assertThat(Arrays.stream(NpyType.values()).filter(type -> !others.contains(type)))
                .allMatch(read::contains);
    }

    @Test
    void valuesAtTheEndsOfTheirTypes() throws IOException {
        try (NpzFile npz = NpzFile.open(file)) {
            assertThat(npz.read("half").doubles())
                    .containsExactly(
                            1.5, -0x1p-24, 65504, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN);
            assertThat(npz.read("bool").longAt(0)).isOne();
            // the second lies just above the middle between two doubles
            assertThat(npz.read("largest").doubles()).containsExactly(0x1p64, 0x1p63 + 2048);
        }
    }

    @Test
    void aTextIsReadAsSuchAndAnArrayIsNone() throws IOException {
        try (NpzFile npz = NpzFile.open(file)) {
            NpzArrays arrays = new NpzArrays(npz);
            assertThat(arrays.text("text")).contains("log-probs");
            assertThat(arrays.text("bytes")).contains("BTV");
            assertThat(arrays.text("half")).isEmpty();
            assertThat(arrays.looksLikeScores("<f2")).isTrue();
            assertThat(arrays.looksLikeScores("<i4")).isFalse();
            assertThat(arrays.looksLikeScores("half")).isFalse();
        }
    }
}
