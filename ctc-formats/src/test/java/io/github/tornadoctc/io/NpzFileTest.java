package io.github.tornadoctc.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzFileTest {
    @TempDir
    Path directory;

    @Test
    void readsWhatItWrites() throws IOException {
        Path file = directory.resolve("arrays.npz");
        byte[] doubles = new byte[2 * Double.BYTES];
        NpyArray zeros = NpyArray.of(NpyType.FLOAT64, MemorySegment.ofArray(doubles), 1, 2);
        NpzFile.write(file, Map.of("zeros", zeros, "labels", NpyArray.ofInts(new int[] {3, 4}, 2)));
        try (NpzFile npz = NpzFile.open(file)) {
            assertThat(npz.names()).containsExactly("labels", "zeros");
            assertThat(npz.read("labels").doubles()).containsExactly(3, 4);
            assertThat(npz.read("zeros").type()).isEqualTo(NpyType.FLOAT64);
            assertThat(npz.read("zeros").shape()).containsExactly(1, 2);
        }
    }

    @Test
    void anArrayThatCannotBeReadDoesNotHinderTheOthers() throws IOException {
        try (NpzFile npz = NpzFile.open(TestFiles.fixture("savez.npz", directory))) {
            assertThat(npz.has("names")).isTrue();
            assertThatThrownBy(() -> npz.read("names"))
                    .isInstanceOf(BatchFileException.class)
                    .hasMessageContaining("names: dtype = <U1 is none of");
            assertThat(npz.read("blank").longAt(0)).isZero();
        }
    }

    @Test
    void dataThatDoesNotFitItsShape() {
        MemorySegment threeBytes = MemorySegment.ofArray(new byte[3]);
        assertThatThrownBy(() -> NpyArray.of(NpyType.INT32, threeBytes, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data has 3 bytes, but int32 of shape [1] takes 4");
    }
}
