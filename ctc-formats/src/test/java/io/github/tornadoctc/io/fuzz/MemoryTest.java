package io.github.tornadoctc.io.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.ScoreType;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.io.NpyFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The memory that reading takes where it once was hundreds of times the file. */
class MemoryTest {
    private static final int UTTERANCES = 20_000;

    @Test
    void namesOfRowsAndLabelsAreNotMadeUpWhereThereIsNoError() {
        String json = "{\"logits\": [[%s[1]]], \"inputLengths\": [%s1], \"targets\": [%s[]]}"
                .formatted("[1],".repeat(UTTERANCES - 1), "1,".repeat(UTTERANCES - 1), "[],".repeat(UTTERANCES - 1));
        Path file = CheckedRead.file(json.getBytes(UTF_8));
        CtcBatch batch = requireNonNull(CheckedRead.read(file, JsonTarget.MOST, BatchFile::read));
        assertThat(batch.batchSize()).isEqualTo(UTTERANCES);
    }

    @Test
    void namesOfLengthsAreNotMadeUpWhereThereIsNoError() throws IOException {
        Path file = CheckedRead.scratch("input");
        BatchFile.write(
                file,
                CtcBatch.builder(0, UTTERANCES, 2)
                        .targets(new int[UTTERANCES][0])
                        .build());
        // as much as a file would be that is not compressed
        Memory most = new Memory(2L * UTTERANCES * Integer.BYTES * 32 / Files.size(file), 1000);
        CtcBatch batch = requireNonNull(CheckedRead.read(file, most, BatchFile::read));
        assertThat(batch.batchSize()).isEqualTo(UTTERANCES);
    }

    /** Bits that no compression makes smaller: off-heap there is what the file has, once. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16"})
    void scoresOf16BitsAreNotWidened(ScoreType type) throws IOException {
        byte[] bits = new byte[1 << 20];
        new Random(1).nextBytes(bits);
        Path file = CheckedRead.scratch("input");
        BatchFile.write(
                file,
                CtcBatch.builder(1 << 10, 8, 1 << 6)
                        .scores(MemorySegment.ofArray(bits), type)
                        .targets(new int[8][1])
                        .blank(1)
                        .build());
        CtcBatch batch = requireNonNull(CheckedRead.read(file, new Memory(1, 1), BatchFile::read));
        assertThat(batch.scores().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(bits);
    }

    @Test
    void aHeaderOfThousandsOfAxesIsNotTakenApart() {
        String shape = "1,".repeat(30_000);
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }".formatted(shape);
        byte[] file = ("\u0000NUMPY\u0001\u0000\u0000\u0000" + header).getBytes(UTF_8);
        file[0] = (byte) 0x93;
        file[8] = (byte) header.length();
        file[9] = (byte) (header.length() >> 8);
        assertThat(CheckedRead.read(CheckedRead.file(file), NpyTarget.MOST, NpyFile::read))
                .isNull();
    }
}
