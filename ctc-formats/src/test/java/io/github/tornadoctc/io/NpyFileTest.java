package io.github.tornadoctc.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyFileTest {
    @TempDir
    Path directory;

    @Test
    void readsAScalar() throws IOException {
        NpyArray array = NpyFile.read(TestFiles.fixture("scalar.npy", directory));
        assertThat(array.shape()).isEmpty();
        assertThat(array.doubles()).containsExactly(2.5);
    }

    @Test
    void readsAHeaderOfVersion2() throws IOException {
        NpyArray array = NpyFile.read(TestFiles.fixture("version2.npy", directory));
        assertThat(array.shape()).containsExactly(3);
        assertThat(array.longAt(2)).isEqualTo(3);
    }

    @Test
    void readsWhatItWrites() throws IOException {
        Path file = directory.resolve("a.npy");
        NpyFile.write(file, NpyArray.ofInts(new int[] {1, -2, 3, 4, 5, 6}, 2, 3));
        NpyArray array = NpyFile.read(file);
        assertThat(array.type()).isEqualTo(NpyType.INT32);
        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.doubles()).containsExactly(1, -2, 3, 4, 5, 6);
    }

    @Test
    void writesTheBytesThatNumpyWrites() throws IOException {
        Path numpys = TestFiles.fixture("scalar.npy", directory);
        Path ours = directory.resolve("ours.npy");
        NpyFile.write(ours, NpyFile.read(numpys));
        assertThat(ours).hasSameBinaryContentAs(numpys);
    }

    @Test
    void dataIsAlignedTo64BytesInTheFile() throws IOException {
        Path file = directory.resolve("a.npy");
        NpyFile.write(file, NpyArray.ofInts(new int[] {7}, 1));
        assertThat(Files.size(file)).isEqualTo(128 + Integer.BYTES);
    }

    @Test
    void anEmptyArrayMayHaveAnyOtherLengths() throws IOException {
        NpyArray array = read(TestFiles.npy("<f4", "(70000, 70000, 0)"));
        assertThat(array.size()).isZero();
    }

    @Test
    void aBigEndianMachineHasTheSameElementsInItsOwnOrder() throws IOException {
        long[] values = new long[10_000];
        Arrays.setAll(values, i -> 0x0102030405060708L + i);
        byte[] file = TestFiles.longs("(10000,)", values);
        NpyArray array = NpyFile.read(new ByteArrayInputStream(file), file.length, "a.npy", ByteOrder.BIG_ENDIAN);
        ValueLayout.OfLong bigEndian = ValueLayout.JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);
        assertThat(array.data().toArray(bigEndian)).isEqualTo(values);

        ByteArrayOutputStream written = new ByteArrayOutputStream();
        NpyFile.write(written, array, ByteOrder.BIG_ENDIAN);
        NpyArray again = read(written.toByteArray());
        assertThat(again.data().toArray(ValueLayout.JAVA_LONG)).isEqualTo(values);
    }

    @Test
    void missingFile() {
        Path file = directory.resolve("none.npy");
        assertThatThrownBy(() -> NpyFile.read(file))
                .isInstanceOf(BatchFileException.class)
                .hasMessage(file + ": cannot be read: no such file");
    }

    @Test
    void fortranOrderBecomesCOrder() throws IOException {
        NpyArray array = NpyFile.read(TestFiles.fixture("fortran.npy", directory));
        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.doubles()).containsExactly(1, 0, 0, 0, 1, 0);
    }

    @Test
    void aTypeThatIsNotReadHasTheCallThatConvertsIfThereIsOne() {
        assertBad(TestFiles.npy("<f16", "(1,)", new byte[16]), "dtype = <f16 is none of float16, bfloat16, float32, ");
        assertThatThrownBy(() -> read(TestFiles.npy("<f16", "(1,)", new byte[16])))
                .hasMessageEndingWith("; save .astype(numpy.float32) of it");
        assertBad(TestFiles.npy("<c8", "(1,)", new byte[8]), "dtype = <c8 is none of float16, bfloat16, float32, ");
        assertBad(TestFiles.npy("<M8", "(1,)", new byte[8]), "dtype = <M8 is none of ");
    }

    @Test
    void bfloat16IsWhatWritesTwoPlainBytes() throws IOException {
        byte[] oneAndAHalf = {(byte) 0xC0, 0x3F};
        assertThat(read(TestFiles.npy("|V2", "(1,)", oneAndAHalf)).doubleAt(0)).isEqualTo(1.5);
    }

    @Test
    void structuredElements() {
        assertBad(
                TestFiles.npyWithHeader("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }\n"),
                "dtype is structured");
    }

    @Test
    void anotherFormat() {
        assertBad("no array, just text".getBytes(StandardCharsets.US_ASCII), "is not in NumPy's .npy format");
    }

    @Test
    void anotherVersion() {
        byte[] file = TestFiles.ints("(1,)", 1);
        file[6] = 9;
        assertBad(file, ".npy version 9 is not 1, 2 or 3");
    }

    @Test
    void emptyFile() {
        assertBad(new byte[0], "is truncated in its header");
    }

    @Test
    void truncatedHeader() {
        assertBad(Arrays.copyOf(TestFiles.ints("(1,)", 1), 30), "is truncated in its header");
    }

    @Test
    void headerLengthThatLies() {
        byte[] file = TestFiles.ints("(1,)", 1);
        file[9] = (byte) 0xFF;
        assertBad(file, "is truncated in its header");
    }

    @Test
    void headerLengthOfVersion2ThatLies() {
        byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1, '{'};
        assertBad(start, "header length = 4294967295 is more than 65535 bytes");
    }

    @Test
    void headerWithoutShape() {
        assertBad(TestFiles.npyWithHeader("{'descr': '<f4', 'fortran_order': False, }\n"), "header is malformed");
    }

    @Test
    void negativeLength() {
        assertBad(TestFiles.ints("(2, -1)"), "shape[1] = -1 is not a length");
    }

    @Test
    void moreElementsThanAnIntCounts() {
        assertBad(TestFiles.ints("(65536, 65536)"), "shape = (65536, 65536) has more than 2147483647 elements");
    }

    @Test
    void moreAxesThanNumpyHas() throws IOException {
        Path file = Files.write(directory.resolve("a.npy"), TestFiles.ints("(" + "1,".repeat(64) + ")", 7));
        assertThat(NpyFile.read(file).rank()).isEqualTo(64);
        assertBad(TestFiles.ints("(" + "1,".repeat(65) + ")", 7), "shape has more than 64 axes");
    }

    @Test
    void lengthThatNoLongHolds() {
        assertBad(TestFiles.ints("(99999999999999999999,)"), "shape[0] = 99999999999999999999 is not a length");
    }

    @Test
    void fewerBytesThanTheShapeTakes() {
        assertBad(TestFiles.ints("(2000000000,)", 1), "is truncated: shape = (2000000000,) takes 8000000000 bytes");
    }

    @Test
    void moreBytesThanTheShapeTakes() {
        assertBad(TestFiles.ints("(1,)", 1, 2), "has more than the 4 bytes that shape = (1,) takes");
    }

    @Test
    void aFileIsReplacedOnlyWhenTheNewOneIsComplete() throws IOException {
        Path file = Files.writeString(directory.resolve("a.npy"), "old");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(1);
                    throw new IOException("disk is full");
                }))
                .isInstanceOf(BatchFileException.class)
                .hasMessage(file + ": cannot be written: disk is full");
        assertThat(file).hasContent("old");
        assertThat(filesIn(directory)).containsExactly(file);
    }

    @Test
    void behindALinkTheFileIsReplacedAndNotTheLink() throws IOException {
        Path file = Files.writeString(directory.resolve("a.npy"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link.npy"), file);
        NpyFile.write(link, NpyArray.ofInts(new int[] {7}));
        assertThat(link).isSymbolicLink();
        assertThat(NpyFile.read(file).longAt(0)).isEqualTo(7);
    }

    @Test
    void aDirectoryIsNotReplaced() {
        assertThatThrownBy(() -> NpyFile.write(directory, NpyArray.ofInts(new int[] {7})))
                .hasMessage(directory + ": cannot be written: is a directory");
    }

    @Test
    void noDirectoryToWriteTo() {
        Path file = directory.resolve("none").resolve("a.npy");
        assertThatThrownBy(() -> NpyFile.write(file, NpyArray.ofInts(new int[] {7})))
                .hasMessage(file + ": cannot be written: its directory does not exist");
    }

    private NpyArray read(byte... content) throws IOException {
        return NpyFile.read(Files.write(directory.resolve("bad.npy"), content));
    }

    private void assertBad(byte[] content, String message) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(BatchFileException.class)
                .hasMessageStartingWith("%s: %s", directory.resolve("bad.npy"), message);
    }

    private static Stream<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList().stream();
        }
    }
}
