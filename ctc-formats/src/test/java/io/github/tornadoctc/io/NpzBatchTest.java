package io.github.tornadoctc.io;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.shapes.CtcShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class NpzBatchTest {
    @TempDir
    Path directory;

    @Test
    void readsWhatSavezWrites() throws IOException {
        CtcBatch batch = BatchFile.read(TestFiles.fixture("fuzz/Npz/savez.npz", directory));
        assertSizes(batch, 3, 2, 2);
        assertThat(batch.score(1, 1, 0)).isEqualTo(1.5f);
        assertThat(batch.inputLength(1)).isEqualTo(2);
        assertThat(batch.target(0)).containsExactly(1, 1);
        assertThat(batch.target(1)).containsExactly(1);
        assertThat(batch.blank()).isZero();
        assertThat(batch.scores().isNative()).isTrue();
    }

    @Test
    void readsWhatSavezCompressedWrites() throws IOException {
        CtcBatch batch = BatchFile.read(TestFiles.fixture("savez_compressed.npz", directory));
        assertSizes(batch, 3, 2, 2);
        assertThat(batch.score(2, 1, 1)).isEqualTo(2.75f);
        assertThat(batch.target(0)).containsExactly(0, 0);
        assertThat(batch.target(1)).containsExactly(0);
        assertThat(batch.blank()).isEqualTo(1);
    }

    @Test
    void everyArrayInCamelCaseToo() throws IOException {
        CtcBatch snakeCase = BatchFile.read(write(arrays -> {}));
        CtcBatch camelCase = BatchFile.read(write(arrays -> {
            arrays.put("inputLengths", requireNonNull(arrays.remove("input_lengths")));
            arrays.put("targetLengths", requireNonNull(arrays.remove("target_lengths")));
        }));
        assertThat(camelCase.inputLength(1)).isEqualTo(snakeCase.inputLength(1));
        assertThat(camelCase.target(0)).isEqualTo(snakeCase.target(0));
    }

    @Test
    void anArrayThatIsNotKnownIsRefused() throws IOException {
        assertBad(
                write(arrays -> arrays.put("label_lengths", TestFiles.ints("(2,)", 1, 1))),
                "label_lengths is not a field of a batch");
        assertBad(
                write(arrays -> arrays.put("inputLengths", TestFiles.ints("(2,)", 1, 1))),
                "inputLengths and input_lengths are the same field, which is given twice");
    }

    @Test
    void batchMajorSwapsTheFirstTwoAxes() throws IOException {
        Path file = write(arrays -> {
            arrays.put("logits", TestFiles.floats("(2, 3, 2)", new float[12]));
            arrays.put("targets", TestFiles.ints("(2,)", 1, 1));
            arrays.put("target_lengths", TestFiles.ints("(2,)", 1, 1));
        });
        CtcBatch batch = BatchFile.load(file, ReadOptions.defaults().withLayout(Layout.BATCH_MAJOR))
                .batch();
        assertSizes(batch, 3, 2, 2);
        assertThat(batch.layout()).isEqualTo(Layout.BATCH_MAJOR);
    }

    @Test
    void theBlankAskedForOverridesTheFiles() throws IOException {
        Path file = write(arrays -> arrays.put("blank", TestFiles.ints("()", 1)));
        assertThat(BatchFile.load(file, ReadOptions.defaults().withBlank(0))
                        .batch()
                        .blank())
                .isZero();
        assertBad(file, "targets[0][0] = 1 is the blank");
    }

    @Test
    void zeroUtterances() throws IOException {
        CtcBatch batch = BatchFile.read(write(arrays -> {
            arrays.put("logits", TestFiles.floats("(4, 0, 3)"));
            arrays.put("input_lengths", TestFiles.ints("(0,)"));
            // what numpy.array([]) is
            arrays.put("targets", TestFiles.npy("<f8", "(0,)"));
            arrays.put("target_lengths", TestFiles.longs("(0,)"));
        }));
        assertSizes(batch, 4, 0, 3);
        try (CtcBackend backend = CtcBackends.open("reference")) {
            CtcResult result = backend.compute(batch, CtcOptions.defaults());
            assertThat(result.losses()).isEmpty();
            assertThat(result.reduced()).isZero();
        }
    }

    @Test
    void readsWhatItWritesInEitherLayout() throws IOException {
        CtcBatch batch = new CtcShape("small", 5, 3, 4, 2).randomBatch(1);
        Path file = directory.resolve("written.npz");
        BatchFile.write(file, batch);
        assertSameBatch(BatchFile.read(file), batch);

        BatchFile.write(file, batchMajor(batch));
        assertSameBatch(BatchFile.read(file), batch);
    }

    @Test
    void theSameBatchMakesTheSameFile() throws IOException {
        CtcBatch batch = new CtcShape("small", 5, 3, 4, 2).randomBatch(1);
        BatchFile.write(directory.resolve("a.npz"), batch);
        BatchFile.write(directory.resolve("b.npz"), batch);
        assertThat(directory.resolve("a.npz")).hasSameBinaryContentAs(directory.resolve("b.npz"));
    }

    @Test
    @Timeout(5)
    void framesOfNoUtteranceTakeNoTimeToWrite() throws IOException {
        Path file = directory.resolve("a.npz");
        CtcBatch batch = CtcBatch.builder(Integer.MAX_VALUE, 0, 3)
                .layout(Layout.BATCH_MAJOR)
                .build();
        for (int i = 0; i < 10; i++) {
            BatchFile.write(file, batch);
        }
        assertSizes(BatchFile.read(file), Integer.MAX_VALUE, 0, 3);
    }

    @Test
    void targetsThatNoArrayHoldsWhenTheyArePadded() {
        int[][] targets = new int[50_000][0];
        targets[0] = new int[50_000];
        Arrays.fill(targets[0], 1);
        CtcBatch batch = CtcBatch.builder(0, targets.length, 2).targets(targets).build();
        Path file = directory.resolve("a.npz");
        assertThatThrownBy(() -> BatchFile.write(file, batch))
                .isInstanceOf(BatchFileException.class)
                .hasMessage(file + ": cannot be written: its scores or its padded targets are more than 2147483647");
    }

    @Test
    void missingFile() {
        assertBad(directory.resolve("none.npz"), "cannot be read: no such file");
    }

    @Test
    void aDirectory() {
        assertBad(directory, "is a directory");
    }

    @Test
    void notABatchFile() throws IOException {
        assertBad(
                Files.writeString(directory.resolve("a.npz"), "logits"),
                "is neither .npz nor .safetensors nor a JSON object");
    }

    @Test
    void emptyFile() throws IOException {
        assertBad(Files.createFile(directory.resolve("a.npz")), "is empty");
    }

    @Test
    void truncatedNpz() throws IOException {
        byte[] bytes = TestFiles.npz(TestFiles.batchArrays());
        Path file = Files.write(directory.resolve("a.npz"), Arrays.copyOf(bytes, bytes.length - 30));
        assertThatThrownBy(() -> BatchFile.read(file))
                .isInstanceOf(BatchFileException.class)
                .hasCauseInstanceOf(ZipException.class)
                .hasMessageStartingWith(file + ": cannot be read as .npz: ");
    }

    @Test
    void everyTruncationIsABatchFileException() throws IOException {
        byte[] bytes = TestFiles.npz(TestFiles.batchArrays());
        for (int length = 0; length < bytes.length; length++) {
            Path file = Files.write(directory.resolve("a.npz"), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> BatchFile.read(file)).isInstanceOf(BatchFileException.class);
        }
    }

    @Test
    void everyFlippedByteIsReadOrABatchFileException() throws IOException {
        byte[] bytes = TestFiles.npz(TestFiles.batchArrays());
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) 0xFF;
            Path file = Files.write(directory.resolve("a.npz"), damaged);
            try {
                assertSizes(BatchFile.read(file), 2, 2, 3);
            } catch (BatchFileException e) {
                assertThat(e).hasMessageStartingWith(file + ": ").message().doesNotContain("\n");
            }
        }
    }

    @Test
    void damagedScores() throws IOException {
        byte[] bytes = Files.readAllBytes(TestFiles.fixture("fuzz/Npz/savez.npz", directory));
        int header = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\u0093NUMPY");
        bytes[header + 128 + 5] ^= 1;
        Path file = Files.write(directory.resolve("damaged.npz"), bytes);
        assertBad(file, "logits: is damaged: its checksum does not match");
    }

    @Test
    void moreElementsThanADeflatedEntryOfThatSizeCanHold() throws IOException {
        Path file = write(arrays -> arrays.put("logits", TestFiles.floats("(1000, 1000, 2000)", 1)));
        assertBad(file, "logits: is truncated: shape = (1000, 1000, 2000) takes 8000000000 bytes, more than the file");
    }

    @Test
    void missingArray() throws IOException {
        assertBad(
                write(arrays -> arrays.remove("targets")),
                "targets is missing; the fields there are: input_lengths, logits, target_lengths");
    }

    @Test
    void logitsOfTheWrongType() throws IOException {
        assertBad(
                write(arrays -> arrays.put("logits", TestFiles.ints("(2, 2, 3)", new int[12]))),
                "logits: dtype = int32 is no floating-point type; save logits.astype(numpy.float32)");
    }

    @Test
    void logitsOfTheWrongRank() throws IOException {
        assertBad(
                write(arrays -> arrays.put("logits", TestFiles.floats("(2,)", 1, 2))),
                "logits: shape = (2,) is not of 3 axes, nor of 2 for one utterance");
    }

    @Test
    void noSymbols() throws IOException {
        assertBad(
                write(arrays -> arrays.put("logits", TestFiles.floats("(2, 2, 0)"))),
                "logits: shape = (2, 2, 0) has no symbols");
    }

    @Test
    void lengthsOfTheWrongType() throws IOException {
        assertBad(
                write(arrays -> arrays.put("input_lengths", TestFiles.floats("(2,)", 2, 1))),
                "input_lengths: dtype = float32 is no integer type; save input_lengths.astype(numpy.int64)");
    }

    @Test
    void lengthsOfTheWrongRank() throws IOException {
        assertBad(
                write(arrays -> arrays.put("input_lengths", TestFiles.ints("(1, 2)", 2, 1))),
                "input_lengths: shape = (1, 2) is not of 1 axis");
    }

    @Test
    void lengthsOfAnotherBatch() throws IOException {
        assertBad(
                write(arrays -> arrays.put("input_lengths", TestFiles.ints("(3,)", 2, 1, 1))),
                "input_lengths has 3 values for a batch of 2");
    }

    @Test
    void inputLengthPastTheFrames() throws IOException {
        assertBad(
                write(arrays -> arrays.put("input_lengths", TestFiles.ints("(2,)", 2, 3))),
                "input_lengths[1] = 3 is not between 0 and 2");
    }

    @Test
    void utterancesWithoutScoresOrLengthsTakeNoMemory() throws IOException {
        assertBad(
                write(arrays -> arrays.put("logits", TestFiles.floats("(0, 2147483647, 3)"))),
                "input_lengths has 2 values for a batch of 2147483647");
    }

    @Test
    void negativeInputLength() throws IOException {
        assertBad(
                write(arrays -> arrays.put("input_lengths", TestFiles.longs("(2,)", -1, 2))),
                "input_lengths[0] = -1 is not between 0 and 2");
    }

    @Test
    void lengthThatNoIntHolds() throws IOException {
        assertBad(
                write(arrays -> arrays.put("input_lengths", TestFiles.longs("(2,)", 2, 1L << 32))),
                "input_lengths[1] = 4294967296 does not fit int32");
    }

    @Test
    void labelThatNoIntHolds() throws IOException {
        assertBad(
                write(arrays -> arrays.put("targets", TestFiles.longs("(2, 2)", 1, 2, 1L << 32, 0))),
                "targets[1][0] = 4294967296 does not fit int32");
    }

    @Test
    void targetLengthPastThePadding() throws IOException {
        assertBad(
                write(arrays -> arrays.put("target_lengths", TestFiles.ints("(2,)", 3, 1))),
                "target_lengths[0] = 3 is not between 0 and 2");
    }

    @Test
    void moreTargetRowsThanLengths() throws IOException {
        assertBad(
                write(arrays -> arrays.put("targets", TestFiles.ints("(3, 2)", 1, 2, 1, 0, 1, 0))),
                "targets has 3 rows for a batch of 2");
    }

    @Test
    void moreConcatenatedLabelsThanLengthsAddUpTo() throws IOException {
        assertBad(
                write(arrays -> arrays.put("targets", TestFiles.ints("(4,)", 1, 2, 1, 2))),
                "targets has 4 labels, but target_lengths add up to 3");
    }

    @Test
    void labelsPastTheirLengthMayBeAnything() throws IOException {
        Path file = write(arrays -> arrays.put("targets", TestFiles.longs("(2, 2)", 1, 2, 1, Long.MIN_VALUE)));
        assertThat(BatchFile.read(file).target(1)).containsExactly(1);
    }

    @Test
    void targetsOfTheWrongRank() throws IOException {
        assertBad(
                write(arrays -> arrays.put("targets", TestFiles.ints("(1, 1, 1)", 1))),
                "targets: shape = (1, 1, 1) is not of 1 or 2 axes");
    }

    @Test
    void labelThatIsTheBlank() throws IOException {
        assertBad(
                write(arrays -> arrays.put("targets", TestFiles.ints("(2, 2)", 1, 0, 1, 0))),
                "targets[0][1] = 0 is the blank");
    }

    @Test
    void labelPastTheSymbols() throws IOException {
        assertBad(
                write(arrays -> arrays.put("targets", TestFiles.ints("(2, 2)", 1, 3, 1, 0))),
                "targets[0][1] = 3 is not a symbol");
    }

    @Test
    void negativeLabel() throws IOException {
        assertBad(
                write(arrays -> arrays.put("targets", TestFiles.ints("(2, 2)", 1, 2, -1, 0))),
                "targets[1][0] = -1 is not a symbol");
    }

    @Test
    void blankPastTheSymbols() throws IOException {
        assertBad(write(arrays -> arrays.put("blank", TestFiles.ints("()", 3))), "blank = 3 is not between 0 and 2");
    }

    @Test
    void blankThatIsNoScalar() throws IOException {
        assertBad(
                write(arrays -> arrays.put("blank", TestFiles.ints("(2,)", 0, 0))),
                "blank: shape = (2,) is not a scalar's");
    }

    private Path write(Consumer<Map<String, byte[]>> change) throws IOException {
        Map<String, byte[]> arrays = TestFiles.batchArrays();
        change.accept(arrays);
        return Files.write(directory.resolve("batch.npz"), TestFiles.npz(arrays));
    }

    private static void assertBad(Path file, String message) {
        assertThatThrownBy(() -> BatchFile.read(file))
                .isInstanceOf(BatchFileException.class)
                .hasMessageStartingWith("%s: %s", file, message);
    }

    private static void assertSizes(CtcBatch batch, int timeSteps, int batchSize, int symbols) {
        assertThat(new int[] {batch.timeSteps(), batch.batchSize(), batch.symbols()})
                .containsExactly(timeSteps, batchSize, symbols);
    }

    private static CtcBatch batchMajor(CtcBatch batch) {
        float[] scores = new float[batch.batchSize() * batch.timeSteps() * batch.symbols()];
        int[] inputLengths = new int[batch.batchSize()];
        int[][] targets = new int[batch.batchSize()][];
        int at = 0;
        for (int b = 0; b < batch.batchSize(); b++) {
            inputLengths[b] = batch.inputLength(b);
            targets[b] = batch.target(b);
            for (int t = 0; t < batch.timeSteps(); t++) {
                for (int v = 0; v < batch.symbols(); v++) {
                    scores[at++] = batch.score(t, b, v);
                }
            }
        }
        return CtcBatch.builder(batch.timeSteps(), batch.batchSize(), batch.symbols())
                .layout(Layout.BATCH_MAJOR)
                .scores(scores)
                .inputLengths(inputLengths)
                .targets(targets)
                .build();
    }

    private static void assertSameBatch(CtcBatch actual, CtcBatch expected) {
        assertSizes(actual, expected.timeSteps(), expected.batchSize(), expected.symbols());
        assertThat(actual.scores().mismatch(expected.scores())).isEqualTo(-1);
        for (int b = 0; b < expected.batchSize(); b++) {
            assertThat(actual.inputLength(b)).isEqualTo(expected.inputLength(b));
            assertThat(actual.target(b)).isEqualTo(expected.target(b));
        }
    }
}
