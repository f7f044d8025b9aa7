package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.ScoreType;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** Batches in memory that the backend has lent, on the emulator; what the host has copied is counted. */
class DirectLossTest {
    private static final TornadoDevice DEVICE =
            TornadoRuntimeProvider.getTornadoRuntime().getBackend(0).getDevice(0);
    private static final CtcOptions OPTIONS = CtcOptions.defaults();
    private static final CtcBatch BATCH = new CtcShape("direct", 30, 4, 7, 5).randomBatch(3);
    private static final long FLOATS = BATCH.scores().byteSize() / Float.BYTES;

    private final DeviceLoss loss = new DeviceLoss(
            DEVICE,
            new PlanMemory(DeviceLimits.of(DEVICE, CtcConfiguration.defaults())),
            new Streams(1, 1, 1, Long.MAX_VALUE));

    @AfterEach
    void close() {
        loss.close();
    }

    @Test
    void theSameBitsWithoutACopyByTheHost() {
        CtcResult expected = elsewhere(BATCH);
        assertThat(loss.bytesCopied())
                .isLessThanOrEqualTo(2 * BATCH.scores().byteSize())
                .isGreaterThan(BATCH.scores().byteSize());
        long before = loss.bytesCopied();

        try (Arena arena = Arena.ofShared()) {
            CtcBatch batch = in(loss.allocate(FLOATS, arena), BATCH);
            CtcResult result = CtcResult.withGradientIn(loss.allocate(FLOATS, arena), batch);
            for (int call = 0; call < 2; call++) {
                result.gradient().fill((byte) 1);
                loss.compute(batch, OPTIONS, result);
                assertSameBits(result, expected);
            }
        }
        assertThat(loss.bytesCopied()).isEqualTo(before);
        assertThat(loss.plansMade()).isEqualTo(2);
    }

    @Test
    void lossesAloneNeedOnlyTheScoresThere() {
        CtcOptions losses = OPTIONS.withGradient(false);
        CtcBatch batch = in(loss.allocate(FLOATS, Arena.ofAuto()), BATCH);
        CtcResult result = CtcResult.allocate(batch, losses);
        loss.compute(batch, losses, result);
        assertThat(loss.bytesCopied()).isZero();
        assertThat(result.losses()).isEqualTo(elsewhere(BATCH).losses());
    }

    @ParameterizedTest
    @CsvSource({"FLOAT16, FLOAT16", "FLOAT16, FLOAT32", "BFLOAT16, BFLOAT16"})
    void scoresOf16BitsWithoutACopyByTheHost(ScoreType type, ScoreType gradientType) {
        MemorySegment scores = loss.allocate(FLOATS, Arena.ofAuto()).asSlice(0, FLOATS * type.bytes());
        MemorySegment gradient = loss.allocate(FLOATS, Arena.ofAuto()).asSlice(0, FLOATS * gradientType.bytes());
        type.narrow(BATCH.scores(), 0, scores, 0, FLOATS);
        CtcBatch batch = CtcBatch.builder(BATCH.timeSteps(), BATCH.batchSize(), BATCH.symbols())
                .scores(scores, type)
                .targets(new int[BATCH.batchSize()][0])
                .build();
        CtcResult result = CtcResult.withGradientIn(gradient, batch);
        loss.compute(batch, OPTIONS, result);
        assertThat(result.gradientType()).isEqualTo(gradientType);
        assertThat(loss.bytesCopied()).isZero();
    }

    /** From as many bytes as they take to twice as many elements: what is more would travel in vain. */
    @ParameterizedTest
    @CsvSource({"0.5, true", "0.75, true", "1, true", "2, true", "2.5, false"})
    void memoryForSoManyFloatsIsUsedForScoresOf16Bits(double floatsAScore, boolean expected) {
        MemorySegment memory = loss.allocate((long) (floatsAScore * FLOATS), Arena.ofAuto());
        MemorySegment scores = memory.asSlice(0, FLOATS * ScoreType.FLOAT16.bytes());
        ScoreType.FLOAT16.narrow(BATCH.scores(), 0, scores, 0, FLOATS);
        MemorySegment copy = Arena.ofAuto().allocate(scores.byteSize(), 8).copyFrom(scores);
        CtcOptions losses = OPTIONS.withGradient(false);
        CtcBatch batch = narrow(scores);
        CtcResult result = CtcResult.allocate(batch, losses);
        assertThat(loss.isInLentMemory(batch, losses, result)).isEqualTo(expected);
        loss.compute(batch, losses, result);
        assertThat(loss.bytesCopied() == 0).isEqualTo(expected);
        assertThat(result.losses()).isEqualTo(elsewhere(narrow(copy)).losses());
    }

    private static CtcBatch narrow(MemorySegment scores) {
        return CtcBatch.builder(BATCH.timeSteps(), BATCH.batchSize(), BATCH.symbols())
                .scores(scores, ScoreType.FLOAT16)
                .targets(new int[BATCH.batchSize()][0])
                .build();
    }

    /** So that no array is pinned as a part of another. */
    @Test
    void thePlansOfOneTypeOfElementsEndWhereThoseOfAnotherBegin() {
        CtcOptions losses = OPTIONS.withGradient(false);
        MemorySegment memory = loss.allocate(FLOATS, Arena.ofAuto());
        MemorySegment other = loss.allocate(FLOATS, Arena.ofAuto());
        for (int round = 0; round < 2; round++) {
            CtcBatch narrow = narrow(memory.asSlice(0, FLOATS * ScoreType.FLOAT16.bytes()));
            loss.compute(narrow, losses, CtcResult.allocate(narrow, losses));
            for (MemorySegment place : List.of(memory, other)) {
                CtcBatch batch = in(place, BATCH);
                CtcResult result = CtcResult.allocate(batch, losses);
                loss.compute(batch, losses, result);
                assertThat(result.losses()).isEqualTo(elsewhere(BATCH).losses());
            }
        }
        // two of either type for the first memory, one for the other, and one for what is elsewhere
        assertThat(loss.plansMade()).isEqualTo(2 + 2 + 1 + 1);
        assertThat(loss.bytesCopied()).isPositive();
    }

    @Test
    void otherContentsAreSeen() {
        MemorySegment memory = loss.allocate(FLOATS, Arena.ofAuto());
        CtcBatch batch = in(memory, BATCH);
        CtcResult result = CtcResult.withGradientIn(loss.allocate(FLOATS, Arena.ofAuto()), batch);
        loss.compute(batch, OPTIONS, result);
        memory.setAtIndex(ValueLayout.JAVA_FLOAT, 3, 5);
        loss.compute(batch, OPTIONS, result);
        assertSameBits(result, elsewhere(in(Arena.ofAuto().allocate(memory.byteSize(), 4), batch)));
    }

    @Test
    void aSmallerBatchAtTheBeginning() {
        CtcBatch small = new CtcShape("small", 20, 4, 7, 3).randomBatch(4);
        MemorySegment scores =
                loss.allocate(FLOATS, Arena.ofAuto()).asSlice(0, small.scores().byteSize());
        MemorySegment gradient =
                loss.allocate(FLOATS, Arena.ofAuto()).asSlice(0, small.scores().byteSize());
        CtcBatch batch = in(scores, small);
        CtcResult result = CtcResult.withGradientIn(gradient, batch);
        loss.compute(batch, OPTIONS, result);
        assertThat(loss.bytesCopied()).isZero();
        assertSameBits(result, elsewhere(small));
    }

    @Test
    void whatIsInLentMemoryIsKnown() {
        CtcOptions losses = OPTIONS.withGradient(false);
        CtcBatch batch = in(loss.allocate(FLOATS, Arena.ofAuto()), BATCH);
        CtcResult there = CtcResult.withGradientIn(loss.allocate(FLOATS, Arena.ofAuto()), batch);
        assertThat(loss.isInLentMemory(batch, OPTIONS, there)).isTrue();
        assertThat(loss.isInLentMemory(BATCH, OPTIONS, there)).isFalse();
        assertThat(loss.isInLentMemory(batch, OPTIONS, CtcResult.allocate(batch, OPTIONS)))
                .isFalse();
        CtcResult none = CtcResult.allocate(batch, losses);
        assertThat(loss.isInLentMemory(batch, losses, none)).isTrue();
        assertThat(loss.isInLentMemory(batch, OPTIONS, none)).isFalse();
        assertThat(loss.plansMade()).isZero();
    }

    @Test
    void whatDoesNotFitTheDeviceOrBeginsElsewhereTravelsAsUsual() {
        MemorySegment memory = loss.allocate(2 * FLOATS, Arena.ofAuto());
        CtcOptions losses = OPTIONS.withGradient(false);
        CtcBatch second = in(memory.asSlice(memory.byteSize() / 2), BATCH);
        assertThat(loss.isInLentMemory(second, losses, CtcResult.allocate(second, losses)))
                .isFalse();
        CtcConfiguration little = CtcConfiguration.defaults().withMaxDeviceMemory(1000);
        try (DeviceLoss small = new DeviceLoss(
                DEVICE, new PlanMemory(DeviceLimits.of(DEVICE, little)), new Streams(1, 1, 1, Long.MAX_VALUE))) {
            CtcBatch batch = in(small.allocate(FLOATS, Arena.ofAuto()), BATCH);
            assertThat(small.isInLentMemory(batch, losses, CtcResult.allocate(batch, losses)))
                    .isFalse();
        }
    }

    @Test
    void piecesThatDoNotFitTheDeviceTogetherTakeTurns() {
        CtcResult expected = elsewhere(BATCH);
        CtcBatch first = in(loss.allocate(FLOATS, Arena.ofAuto()), BATCH);
        long before = loss.deviceMemory();
        loss.compute(first, OPTIONS, CtcResult.withGradientIn(loss.allocate(FLOATS, Arena.ofAuto()), first));
        long ofOne = loss.deviceMemory() - before;

        CtcConfiguration roomForTwo = CtcConfiguration.defaults().withMaxDeviceMemory(5 * ofOne / 2);
        try (DeviceLoss small = new DeviceLoss(
                DEVICE, new PlanMemory(DeviceLimits.of(DEVICE, roomForTwo)), new Streams(1, 1, 1, Long.MAX_VALUE))) {
            for (int piece = 0; piece < 5; piece++) {
                CtcBatch batch = in(small.allocate(FLOATS, Arena.ofAuto()), BATCH);
                CtcResult result = CtcResult.withGradientIn(small.allocate(FLOATS, Arena.ofAuto()), batch);
                small.compute(batch, OPTIONS, result);
                assertSameBits(result, expected);
                assertThat(small.deviceMemory()).isLessThanOrEqualTo(5 * ofOne / 2);
            }
            CtcResult result = CtcResult.allocate(BATCH, OPTIONS);
            small.compute(BATCH, OPTIONS, result);
            assertSameBits(result, expected);
            assertThat(small.deviceMemory()).isLessThanOrEqualTo(5 * ofOne / 2);
            assertThat(small.plansMade()).isEqualTo(6);
        }
    }

    /** All of an array is on the device, also what a batch does not need of it. */
    @Test
    void whatIsTooLongForABufferOfTheDeviceTravelsAsUsual() {
        DeviceLimits limits = DeviceLimits.of(DEVICE, CtcConfiguration.defaults());
        long most = 7 * BATCH.scores().byteSize() / 4;
        DeviceLimits shortBuffers =
                new DeviceLimits(limits.description(), limits.maxGroupSize(), limits.memory(), most);
        CtcOptions losses = OPTIONS.withGradient(false);
        try (DeviceLoss small =
                new DeviceLoss(DEVICE, new PlanMemory(shortBuffers), new Streams(1, 1, 1, Long.MAX_VALUE))) {
            CtcBatch fits = in(
                    small.allocate(FLOATS + 1, Arena.ofAuto())
                            .asSlice(0, BATCH.scores().byteSize()),
                    BATCH);
            assertThat(small.isInLentMemory(fits, losses, CtcResult.allocate(fits, losses)))
                    .isTrue();
            CtcBatch tooLong = in(
                    small.allocate(2 * FLOATS, Arena.ofAuto())
                            .asSlice(0, BATCH.scores().byteSize()),
                    BATCH);
            assertThat(small.isInLentMemory(tooLong, losses, CtcResult.allocate(tooLong, losses)))
                    .isFalse();
        }
    }

    @Test
    void aGradientElsewhereIsCopiedAsUsual() {
        CtcBatch batch = in(loss.allocate(FLOATS, Arena.ofAuto()), BATCH);
        assertSameBits(elsewhere(batch), elsewhere(BATCH));
    }

    @Test
    void plansEndWithTheirMemory() {
        long memory;
        try (Arena arena = Arena.ofShared()) {
            CtcBatch batch = in(loss.allocate(FLOATS, arena), BATCH);
            loss.compute(batch, OPTIONS, CtcResult.withGradientIn(loss.allocate(FLOATS, arena), batch));
            memory = loss.deviceMemory();
        }
        elsewhere(BATCH);
        elsewhere(BATCH);
        assertThat(loss.deviceMemory()).isLessThan(2 * memory);
        assertThat(loss.plansMade()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1L << 31})
    void asManyFloatsAsAnArrayCanHave(long floats) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loss.allocate(floats, Arena.ofAuto()))
                .withMessageStartingWith("floats = %d is not between 1 and 2147483647".formatted(floats));
    }

    private CtcResult elsewhere(CtcBatch batch) {
        CtcResult result = CtcResult.allocate(batch, OPTIONS);
        loss.compute(batch, OPTIONS, result);
        return result;
    }

    private static CtcBatch in(MemorySegment memory, CtcBatch batch) {
        memory.copyFrom(batch.scores());
        int[] inputLengths = new int[batch.batchSize()];
        int[][] targets = new int[batch.batchSize()][];
        for (int b = 0; b < batch.batchSize(); b++) {
            inputLengths[b] = batch.inputLength(b);
            targets[b] = batch.target(b);
        }
        return CtcBatch.builder(batch.timeSteps(), batch.batchSize(), batch.symbols())
                .layout(batch.layout())
                .blank(batch.blank())
                .scores(memory)
                .inputLengths(inputLengths)
                .targets(targets)
                .build();
    }

    private static void assertSameBits(CtcResult actual, CtcResult expected) {
        assertThat(actual.losses()).isEqualTo(expected.losses());
        assertThat(actual.gradient().mismatch(expected.gradient())).isEqualTo(-1);
    }
}
