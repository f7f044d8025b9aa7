package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Layout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the elements of a part go: scores of 5 frames, 4 utterances and 3 symbols, numbered in their order. */
class BatchPartTest {
    private static final int FRAMES = 5;
    private static final int UTTERANCES = 4;
    private static final int SYMBOLS = 3;
    private static final int[] LENGTHS = {5, 2, 3, 0};

    private final HostThreads threads = new HostThreads(3);

    @ParameterizedTest
    @CsvSource({
        "TIME_MAJOR, 0, 4, 5",
        "TIME_MAJOR, 1, 2, 3",
        "TIME_MAJOR, 3, 1, 0",
        "TIME_MAJOR, 0, 1, 5",
        "BATCH_MAJOR, 0, 4, 5",
        "BATCH_MAJOR, 1, 2, 3",
        "BATCH_MAJOR, 3, 1, 0",
        "BATCH_MAJOR, 0, 1, 5"
    })
    void aPartIsABatchOfItsOwn(Layout layout, int first, int size, int frames) {
        CtcBatch batch = batch(layout);
        BatchPart part = BatchPart.of(batch, first, size);
        assertThat(part.timeSteps()).isEqualTo(frames);

        MemorySegment packed = Arena.ofAuto().allocate(Float.BYTES * (part.scores() + 1));
        packed.setAtIndex(ValueLayout.JAVA_FLOAT, part.scores(), -7);
        part.pack(packed, threads);

        for (int t = 0; t < frames; t++) {
            for (int b = 0; b < size; b++) {
                int row = layout == Layout.TIME_MAJOR ? t * size + b : b * frames + t;
                for (int v = 0; v < SYMBOLS; v++) {
                    assertThat(packed.getAtIndex(ValueLayout.JAVA_FLOAT, row * SYMBOLS + v))
                            .isEqualTo(batch.score(t, first + b, v));
                }
            }
        }
        assertThat(packed.getAtIndex(ValueLayout.JAVA_FLOAT, part.scores())).isEqualTo(-7);
    }

    @ParameterizedTest
    @CsvSource({"TIME_MAJOR, 0, 4", "TIME_MAJOR, 1, 2", "BATCH_MAJOR, 1, 2", "BATCH_MAJOR, 3, 1"})
    void itsElementsGoBackWhereTheyWereAndItsOtherFramesAreZero(Layout layout, int first, int size) {
        CtcBatch batch = batch(layout);
        BatchPart part = BatchPart.of(batch, first, size);
        MemorySegment packed = Arena.ofAuto().allocate(Math.max(Float.BYTES * part.scores(), 1));
        part.pack(packed, threads);
        MemorySegment whole = Arena.ofAuto().allocate(batch.scores().byteSize());
        for (int i = 0; i < FRAMES * UTTERANCES * SYMBOLS; i++) {
            whole.setAtIndex(ValueLayout.JAVA_FLOAT, i, -1);
        }

        part.unpack(packed, CtcResult.withGradientIn(whole, batch), threads);

        for (int t = 0; t < FRAMES; t++) {
            for (int b = 0; b < UTTERANCES; b++) {
                boolean inside = b >= first && b < first + size;
                float expected = inside ? t < part.timeSteps() ? batch.score(t, b, 1) : 0 : -1;
                assertThat(whole.getAtIndex(ValueLayout.JAVA_FLOAT, batch.rowOffset(t, b) + 1))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void partsInPlaceAreRunsOneAfterTheOther() {
        CtcBatch batch = batch(Layout.BATCH_MAJOR);
        long next = 0;
        for (BatchPart part : BatchPart.splitInPlace(batch, 3)) {
            assertThat(part.timeSteps()).isEqualTo(FRAMES);
            assertThat(part.firstScore()).isEqualTo(next);
            assertThat(batch.scores().getAtIndex(ValueLayout.JAVA_FLOAT, next))
                    .isEqualTo(batch.score(0, part.first(), 0));
            next += part.scores();
        }
        assertThat(next).isEqualTo(FRAMES * UTTERANCES * SYMBOLS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {"16 : 8 : 1 1 2 2 2 2 2 2 1 1", "30 : 3 : 4 6 10 6 4", "7 : 7 : 1 1 1 1 1 1 1", "5 : 2 : 1 1 2 1"})
    void partsInPlaceBeginAndEndWithASmallOne(int utterances, int parts, String sizes) {
        CtcBatch batch = CtcBatch.builder(2, utterances, 3)
                .layout(Layout.BATCH_MAJOR)
                .scores(new float[2 * utterances * 3])
                .targets(new int[utterances][0])
                .build();
        assertThat(BatchPart.splitInPlace(batch, parts))
                .extracting(BatchPart::size)
                .containsExactly(
                        Stream.of(sizes.split(" ")).map(Integer::valueOf).toArray(Integer[]::new));
    }

    /** Of rows that are long enough to be looked at. */
    @ParameterizedTest
    @CsvSource({"TIME_MAJOR, 0, 3", "TIME_MAJOR, 1, 2", "TIME_MAJOR, 2, 2", "BATCH_MAJOR, 0, 4", "BATCH_MAJOR, 1, 3"})
    void whatIsPastAnUtterancesEndIsNotCopied(Layout layout, int first, int size) {
        int symbols = 130;
        MemorySegment scores = Arena.ofAuto().allocate(ValueLayout.JAVA_FLOAT, (long) FRAMES * UTTERANCES * symbols);
        for (int i = 0; i < FRAMES * UTTERANCES * symbols; i++) {
            scores.setAtIndex(ValueLayout.JAVA_FLOAT, i, i + 1);
        }
        CtcBatch batch = CtcBatch.builder(FRAMES, UTTERANCES, symbols)
                .layout(layout)
                .scores(scores)
                .inputLengths(LENGTHS)
                .targets(new int[UTTERANCES][0])
                .build();
        BatchPart part = BatchPart.of(batch, first, size);
        MemorySegment packed = Arena.ofAuto().allocate(Float.BYTES * part.scores());
        part.pack(packed, threads);
        long inside = 0;
        for (int t = 0; t < part.timeSteps(); t++) {
            for (int b = 0; b < size; b++) {
                boolean isInside = t < batch.inputLength(first + b);
                inside += isInside ? symbols : 0;
                int row = layout == Layout.TIME_MAJOR ? t * size + b : b * part.timeSteps() + t;
                for (int v = 0; v < symbols; v++) {
                    assertThat(packed.getAtIndex(ValueLayout.JAVA_FLOAT, row * symbols + v))
                            .isEqualTo(isInside ? batch.score(t, first + b, v) : 0);
                }
            }
        }
        assertThat(threads.bytes()).isEqualTo(Float.BYTES * inside);

        packed.fill((byte) -1);
        part.pack(packed, threads);
        CtcResult result = CtcResult.withGradientIn(
                Arena.ofAuto().allocate(scores.byteSize(), 4).fill((byte) -1), batch);
        part.unpack(packed, result, threads);
        for (int t = 0; t < FRAMES; t++) {
            for (int b = first; b < first + size; b++) {
                float expected = t < batch.inputLength(b) ? batch.score(t, b, symbols - 1) : 0;
                assertThat(result.gradient().getAtIndex(ValueLayout.JAVA_FLOAT, batch.rowOffset(t, b) + symbols - 1))
                        .isEqualTo(expected);
            }
        }
    }

    private static CtcBatch batch(Layout layout) {
        float[] scores = new float[FRAMES * UTTERANCES * SYMBOLS];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = i + 1;
        }
        return CtcBatch.builder(FRAMES, UTTERANCES, SYMBOLS)
                .layout(layout)
                .scores(scores)
                .inputLengths(LENGTHS)
                .targets(new int[UTTERANCES][0])
                .build();
    }
}
