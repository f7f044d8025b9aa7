package io.github.tornadoctc.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.CtcBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
    @TempDir
    Path directory;

    /** Made by the package safetensors of Python, see {@code make_fixtures.py}. */
    @Test
    void readsWhatThePythonPackageWrites() throws IOException {
        LoadedBatch loaded = BatchFile.load(TestFiles.fixture("batch.safetensors", directory), ReadOptions.defaults());
        CtcBatch batch = loaded.batch();
        assertThat(batch.timeSteps()).isEqualTo(3);
        assertThat(batch.score(2, 1, 1)).isEqualTo(2.75f);
        assertThat(batch.inputLength(1)).isEqualTo(2);
        assertThat(batch.target(0)).containsExactly(1, 1);
        assertThat(batch.target(1)).containsExactly(1);
    }

    @Test
    void everyTruncationIsABatchFileException() throws IOException {
        byte[] bytes = Files.readAllBytes(TestFiles.fixture("batch.safetensors", directory));
        for (int length = 0; length < bytes.length; length++) {
            Path file = Files.write(directory.resolve("a"), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> BatchFile.read(file)).isInstanceOf(BatchFileException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"a": 1}                                                        | header: a is no JSON object
            {"a": {"dtype": "F32", "shape": [1]}}                           | header: a has not a dtype, a shape and two
            {"a": {"dtype": "F8_E4M3"}}                                     | a: dtype = F8_E4M3 is none of float16, bf
            {"a": {"dtype": 1}}                                             | a: dtype = 1 is no text
            {"a": {"kind": 1}}                                              | header: a: kind is not a field of a tensor
            {"a": {"shape": [-1]}}                                          | a: shape[0] = -1 is no size
            {"a": {"shape": [1.5]}}                                         | a: shape[0] = 1.5 is no size
            {"a": {"shape": [99999999999999999999]}}                        | a: shape[0] = 99999999999999999999 is no
            {"a": {"dtype": "I8", "shape": [65536, 65536], "data_offsets": [0, 4]}} | a: shape = [65536, 65536] has more
            {"a": {"dtype": "I8", "shape": [4], "data_offsets": [0, 3]}}    | a: data_offsets = [0, 3] are of 3 bytes,
            {"a": {"dtype": "I8", "shape": [3], "data_offsets": [1, 4]}}    | a begins at byte 1 of the tensors, but
            {"a": {"dtype": "I8", "shape": [3], "data_offsets": [0, 3]}}    | has more than its header says: its tens
            {"a": {"dtype": "I8", "shape": [5], "data_offsets": [0, 5]}}    | is truncated: its tensors take 5 bytes, bu
            {"a": {"dtype": "I8", "shape": [4], "data_offsets": [0, 4]}, "b": {"dtype": "I8", "shape": [4], "data_offsets": [0, 4]}} | b begins at byte 0 of the tensors, but those before end at 4
            {"__metadata__": {"layout": 1}}                                 | __metadata__: layout = 1 is no text
            {"a": {"dtype": "I8", "shape": [4], "data_offsets": [0, 4]}} {} | header: there is more after the object
            {"a":                                                           | header: line 1, column 6: Unexpected end
            """)
    void whatIsWrongWithAHeader(String header, String message) throws IOException {
        Path file = Files.write(directory.resolve("a"), FieldValues.safetensors(header, new byte[4]));
        assertThatThrownBy(() -> BatchFile.read(file))
                .isInstanceOf(BatchFileException.class)
                .hasMessageStartingWith(file + ": " + message);
    }

    @Test
    void aHeaderLongerThanTheFile() throws IOException {
        byte[] bytes = FieldValues.safetensors("{}");
        bytes[1] = 1;
        Path file = Files.write(directory.resolve("a"), bytes);
        assertThatThrownBy(() -> BatchFile.read(file))
                .isInstanceOf(BatchFileException.class)
                .hasMessage(file + ": header length = 258 is more than the 2 bytes there are");
    }
}
