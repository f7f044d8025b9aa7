package io.github.tornadoctc.cli;

import static io.github.tornadoctc.cli.Ran.ctc;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.ScoreType;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.io.NpyArray;
import io.github.tornadoctc.io.NpyFile;
import io.github.tornadoctc.io.NpyType;
import io.github.tornadoctc.shapes.CtcShape;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of 16-bit scores give, to the bit, what files of the same scores in float32 give. */
class NarrowFilesTest {
    @TempDir
    Path directory;

    private Path narrow;
    private Path wide;

    @BeforeEach
    void makeDirectories() throws IOException {
        narrow = Files.createDirectory(directory.resolve("narrow")).resolve("batch.npz");
        wide = Files.createDirectory(directory.resolve("wide")).resolve("batch.npz");
    }

    /** The same scores in two files of one name, which is printed. */
    private void write(ScoreType type) throws IOException {
        CtcBatch random = new CtcShape("small", 12, 3, 5, 4).randomBatch(7);
        MemorySegment scores = Arena.ofAuto().allocate(12L * 3 * 5 * type.bytes(), Float.BYTES);
        type.narrow(random.scores(), 0, scores, 0, 12 * 3 * 5);
        CtcBatch batch = CtcBatch.builder(12, 3, 5)
                .scores(scores, type)
                .inputLengths(12, 9, 2)
                .targets(random.target(0), random.target(1), new int[] {1, 1})
                .build();
        BatchFile.write(narrow, batch);
        BatchFile.write(wide, batch.inFloat32());
        assertThat(BatchFile.read(narrow).scoreType()).isEqualTo(type);
        assertThat(BatchFile.read(wide).scoreType()).isEqualTo(ScoreType.FLOAT32);
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT16, cpu",
        "FLOAT16, reference",
        "FLOAT16, emulator",
        "FLOAT16, auto",
        "BFLOAT16, cpu",
        "BFLOAT16, reference",
        "BFLOAT16, emulator",
        "BFLOAT16, auto"
    })
    void everyCommandPrintsAndWritesTheSame(ScoreType type, String backend) throws IOException {
        write(type);
        for (String scores : List.of("logits", "log-probs")) {
            assertSame("loss", "--json", "--backend", backend, "--reduction", "mean", "--scores", scores);
            assertSame("loss", "--json", "--backend", backend, "--scores", scores, "--grad", "OUT");
            assertSame("align", "--json", "--backend", backend, "--scores", scores);
            assertSame("posteriors", "--backend", backend, "--scores", scores, "--out", "OUT");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16"})
    void decodersAndPicturesAreTheSame(ScoreType type) throws IOException {
        write(type);
        Path tokens = Files.writeString(directory.resolve("tokens.txt"), "<blk> 0\na 1\nb 2\nc 3\n  4\n");
        assertSame("decode", "--json", "--tokens", tokens.toString());
        assertSame("decode", "--json", "--tokens", tokens.toString(), "--beam", "4", "--rescore");
        assertSame("align", "--tokens", tokens.toString(), "--png", "OUT", "--utterance", "1");
        assertSame("explain", "--utterance", "1");
    }

    /** Of a gradient rounded to 16 bits the error would be that of the type, and of every backend. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16"})
    void backendsAreComparedByWhatTheyCompute(ScoreType type) throws IOException {
        write(type);
        JsonNode ofNarrow = compared(narrow);
        JsonNode ofWide = compared(wide);
        assertThat(ofNarrow.size()).isEqualTo(3);
        for (int i = 0; i < ofNarrow.size(); i++) {
            for (String error : List.of("maxRelativeLossError", "maxGradientError", "maxRowSumError")) {
                assertThat(ofNarrow.get(i).get(error))
                        .isNotNull()
                        .isEqualTo(ofWide.get(i).get(error));
            }
            assertThat(ofNarrow.get(i).get("maxGradientError").doubleValue()).isLessThan(1e-6);
        }
    }

    private static JsonNode compared(Path file) throws IOException {
        return ctc("compare", file, "--json", "--seconds", "0.01", "--backend", "cpu,reference,emulator")
                .succeeded()
                .json()
                .get("inputs")
                .get(0)
                .get("backends");
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16"})
    void theGradientIsOfTheScoresTypeIfThatIsAskedFor(ScoreType type) throws IOException {
        write(type);
        NpyArray exact = gradient(narrow, "float32");
        NpyArray rounded = gradient(narrow, "scores");
        assertThat(exact.type()).isEqualTo(NpyType.FLOAT32);
        assertThat(rounded.type()).isEqualTo(NpyType.of(type));
        assertThat(rounded.shape()).containsExactly(12, 3, 5);
        MemorySegment one = MemorySegment.ofArray(new short[1]);
        for (int i = 0; i < exact.size(); i++) {
            type.set(one, 0, (float) exact.doubleAt(i));
            assertThat(rounded.doubleAt(i)).isEqualTo(type.get(one, 0));
        }
        assertThat(gradient(wide, "scores").type()).isEqualTo(NpyType.FLOAT32);
    }

    private NpyArray gradient(Path file, String type) throws IOException {
        Path out = directory.resolve("gradient.npy");
        ctc("loss", file, "--grad", out, "--grad-type", type, "--backend", "cpu")
                .succeeded();
        return NpyFile.read(out);
    }

    @Test
    void aTypeWithoutAGradientAndOneThatIsNone() throws IOException {
        write(ScoreType.FLOAT16);
        ctc("loss", narrow, "--grad-type", "scores")
                .failed(ExitCode.BAD_INPUT, "--grad-type scores: there is no --grad");
        ctc("loss", narrow, "--grad", "-", "--grad-type", "float64")
                .failed(ExitCode.BAD_INPUT, "--grad-type", "float64 is none of float32, scores");
    }

    /** Runs a command on both files, where OUT is a file to write. */
    private void assertSame(String command, String... options) throws IOException {
        Path out = directory.resolve("out");
        List<String> printed = new ArrayList<>();
        List<byte[]> written = new ArrayList<>();
        for (Path file : List.of(narrow, wide)) {
            List<Object> args = new ArrayList<>(List.of(command, file));
            Arrays.stream(options)
                    .map(option -> option.equals("OUT") ? out.toString() : option)
                    .forEach(args::add);
            Ran ran = ctc(args.toArray());
            assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.DONE);
            printed.add((ran.out() + ran.err()).replace(file.toString(), "FILE"));
            written.add(Files.exists(out) ? Files.readAllBytes(out) : new byte[0]);
            Files.deleteIfExists(out);
        }
        assertThat(printed.get(0)).isEqualTo(printed.get(1));
        assertThat(written.get(0)).isEqualTo(written.get(1));
        assertThat(written.get(0).length > 0).isEqualTo(Arrays.asList(options).contains("OUT"));
    }
}
