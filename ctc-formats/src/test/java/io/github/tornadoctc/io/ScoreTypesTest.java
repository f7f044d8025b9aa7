package io.github.tornadoctc.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.ScoreType;
import io.github.tornadoctc.Scores;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Element types of scores, lengths and labels in {@code .npz} files, and scores of other names. */
class ScoreTypesTest {
    /** Normal numbers, one below the normal ones, −0, infinities and a NaN, of either type. */
    private static final short[] BITS = {
        0x3c00,
        0x4321,
        (short) 0xc5ff,
        1,
        (short) 0x8000,
        0x7f80,
        (short) 0xff80,
        0x7c00,
        (short) 0xfc00,
        0x7fff,
        0,
        0x1234
    };

    @TempDir
    Path directory;

    @Test
    void doublesBecomeFloat32() throws IOException {
        assertThat(load(TestFiles.npy("<f8", "(2, 2, 3)", doubles(1 / 3.0)))).isEqualTo((float) (1 / 3.0));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT16, <f2", "FLOAT16, >f2", "BFLOAT16, |V2"})
    void sixteenBitsStayAsTheyAre(ScoreType type, String descr) throws IOException {
        ByteOrder order = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        for (boolean fortran : new boolean[] {false, true}) {
            String header = "{'descr': '%s', 'fortran_order': %s, 'shape': (2, 2, 3), }\n"
                    .formatted(descr, fortran ? "True" : "False");
            // in Fortran order t runs fastest, then b
            short[] written = fortran ? fortranOrder(BITS) : BITS;
            byte[] logits = TestFiles.npyWithHeader(header, bytes(order, written));
            assertBits(BatchFile.read(write(arrays -> arrays.put("logits", logits))), type);
        }
    }

    @ParameterizedTest
    @CsvSource({"FLOAT16, F16", "BFLOAT16, BF16"})
    void sixteenBitsOfSafetensorsStayAsTheyAre(ScoreType type, String dtype) throws IOException {
        byte[] data = ByteBuffer.allocate(32)
                .put(bytes(ByteOrder.LITTLE_ENDIAN, BITS))
                .put(24, new byte[] {1, 0, 0, 0, 2})
                .array();
        Path file = Files.write(
                directory.resolve("batch.safetensors"),
                FieldValues.safetensors(
                        "{\"logits\": {\"dtype\": \"%s\", \"shape\": [2, 2, 3], \"data_offsets\": [0, 24]}, \"targets\":"
                                        .formatted(dtype)
                                + " {\"dtype\": \"I32\", \"shape\": [2, 1], \"data_offsets\": [24, 32]}}",
                        data));
        assertBits(BatchFile.read(file), type);
    }

    @ParameterizedTest
    @EnumSource(ScoreType.class)
    void everyTypeIsWrittenAsItIsAndReadAgain(ScoreType type) throws IOException {
        MemorySegment scores = Arena.ofAuto().allocate(12L * type.bytes(), Float.BYTES);
        for (int i = 0; i < 12; i++) {
            type.set(scores, i, 1f / (i - 5));
        }
        Path file = directory.resolve("written.npz");
        BatchFile.write(
                file,
                CtcBatch.builder(2, 2, 3)
                        .scores(scores, type)
                        .targets(new int[2][0])
                        .build());
        CtcBatch read = BatchFile.read(file);
        assertThat(read.scoreType()).isEqualTo(type);
        assertThat(read.scores().mismatch(scores)).isEqualTo(-1);
    }

    @Test
    void probabilitiesOfSixteenBitsAreLookedAtLikeOthers() throws IOException {
        byte[] halves = TestFiles.npy("<f2", "(2, 2, 3)", halves(Float.floatToFloat16(-2.5f)));
        Path file = write(arrays -> {
            arrays.remove("logits");
            arrays.put("log_probs", halves);
        });
        assertThat(BatchFile.load(file, ReadOptions.defaults()).warnings())
                .singleElement()
                .asString()
                .contains("do not sum to 1, at t=0 of utterance 0 to 0.246");
    }

    private static void assertBits(CtcBatch batch, ScoreType type) {
        assertThat(batch.scoreType()).isEqualTo(type);
        assertThat(batch.scores().toArray(ValueLayout.JAVA_SHORT)).isEqualTo(BITS);
    }

    private static short[] fortranOrder(short... bits) {
        short[] turned = new short[12];
        for (int i = 0; i < 12; i++) {
            turned[i / 6 + 2 * (i / 3 % 2) + 4 * (i % 3)] = bits[i];
        }
        return turned;
    }

    private static byte[] bytes(ByteOrder order, short... bits) {
        ByteBuffer data = ByteBuffer.allocate(Short.BYTES * bits.length).order(order);
        data.asShortBuffer().put(bits);
        return data.array();
    }

    @Test
    void doublesBeyondFloat32BecomeInfiniteAsInNumpy() throws IOException {
        assertThat(load(TestFiles.npy("<f8", "(2, 2, 3)", doubles(-Double.MAX_VALUE))))
                .isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @Test
    void uint16IsBfloat16OnlyWhereThatIsSaid() throws IOException {
        Path file = write(arrays -> arrays.put("logits", TestFiles.npy("<u2", "(2, 2, 3)", halves(bfloat16(-2.5f)))));
        CtcBatch batch =
                BatchFile.load(file, ReadOptions.defaults().withBfloat16(true)).batch();
        assertThat(batch.scoreType()).isEqualTo(ScoreType.BFLOAT16);
        assertThat(batch.score(1, 1, 2)).isEqualTo(-2.5f);
        assertBad(
                file,
                "logits: dtype = uint16 is no floating-point type; if these are the bits of bfloat16, --bfloat16 says so,"
                        + " else save logits.astype(numpy.float32)");
    }

    @Test
    void aMaskIsNoLengths() throws IOException {
        assertBad(
                write(arrays -> arrays.put("input_lengths", TestFiles.npy("|b1", "(2, 2)", new byte[4]))),
                "input_lengths: dtype = bool is a mask, which does not say where an utterance ends if it has gaps; save its"
                        + " row sums, mask.sum(axis=1)");
    }

    @Test
    void unsignedNumbersThatNoIntHolds() throws IOException {
        assertBad(
                write(arrays -> {
                    arrays.put("targets", TestFiles.npy("<u8", "(2, 1)", largestAndZero()));
                    arrays.put("target_lengths", TestFiles.ints("(2,)", 1, 1));
                }),
                "targets[0][0] = 18446744073709551615 does not fit int32");
    }

    @Test
    void theOnlyArrayThatCanBeScoresIsTakenAndItIsSaid() throws IOException {
        Path file = write(arrays -> arrays.put("emissions", rename(arrays)));
        LoadedBatch loaded = BatchFile.load(file, ReadOptions.defaults());
        assertThat(loaded.batch().score(1, 1, 2)).isEqualTo(11);
        assertThat(loaded.warnings())
                .containsExactly(file + ": emissions is taken as logits; if it is log-probabilities, --scores log-probs"
                        + " says so");
        assertThat(BatchFile.load(file, ReadOptions.defaults().withScores(Scores.LOGITS))
                        .warnings())
                .isEmpty();
    }

    @Test
    void severalArraysOfOtherNamesAreRefused() throws IOException {
        assertBad(
                write(arrays -> {
                    arrays.put("emissions", rename(arrays));
                    arrays.put("mask", TestFiles.ints("(2,)", 1, 1));
                }),
                "emissions is not a field of a batch");
        assertBad(
                write(arrays -> arrays.put("emissions", TestFiles.floats("(2, 2, 3)", new float[12]))),
                "emissions is not a field of a batch");
        assertBad(
                write(arrays -> arrays.put("log_probs", TestFiles.floats("(2, 2, 3)", new float[12]))),
                "log_probs and logits are both scores");
    }

    @Test
    void otherFilesOfPythonSayHowToSaveABatch() throws IOException {
        Path npy = Files.write(directory.resolve("a.npy"), TestFiles.floats("(1,)", 1));
        assertBad(npy, "is a single array; a batch is several, which numpy.savez writes into one .npz");
        Path pytorch = Files.write(directory.resolve("a.pt"), TestFiles.zip(Map.of("archive/data.pkl", new byte[1])));
        assertBad(pytorch, "there are no arrays in it; it is PyTorch's: save with numpy.savez or safetensors");
    }

    private static byte[] rename(Map<String, byte[]> arrays) {
        byte[] logits = arrays.remove("logits");
        assertThat(logits).isNotNull();
        return logits == null ? new byte[0] : logits;
    }

    /** The last score of a batch with that array of logits. */
    private float load(byte[] logits) throws IOException {
        return BatchFile.read(write(arrays -> arrays.put("logits", logits))).score(1, 1, 2);
    }

    private Path write(Consumer<Map<String, byte[]>> change) throws IOException {
        Map<String, byte[]> arrays = TestFiles.batchArrays();
        change.accept(arrays);
        return Files.write(directory.resolve("batch.npz"), TestFiles.npz(arrays));
    }

    private static short bfloat16(float value) {
        return (short) (Float.floatToIntBits(value) >> Short.SIZE);
    }

    private static byte[] halves(short value) {
        ByteBuffer data = ByteBuffer.allocate(12 * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (data.hasRemaining()) {
            data.putShort(value);
        }
        return data.array();
    }

    private static byte[] doubles(double value) {
        ByteBuffer data = ByteBuffer.allocate(12 * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (data.hasRemaining()) {
            data.putDouble(value);
        }
        return data.array();
    }

    private static byte[] largestAndZero() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(-1).array();
    }

    private static void assertBad(Path file, String message) {
        assertThatThrownBy(() -> BatchFile.read(file))
                .isInstanceOf(BatchFileException.class)
                .hasMessageStartingWith(file + ": " + message);
    }
}
