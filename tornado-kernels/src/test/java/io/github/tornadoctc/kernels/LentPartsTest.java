package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.ScoreType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** Batches in lent memory that is pinned, computed in parts on the emulator; plans are counted. */
class LentPartsTest {
    private static final TornadoDevice DEVICE =
            TornadoRuntimeProvider.getTornadoRuntime().getBackend(0).getDevice(0);
    private static final CtcOptions STEP = CtcOptions.defaults();
    private static final int TIME_STEPS = 12;
    private static final int BATCH_SIZE = 5;
    private static final int SYMBOLS = 7;
    private static final int FLOATS = TIME_STEPS * BATCH_SIZE * SYMBOLS;
    private static final int WHOLE = DirectLoss.CALLS_BEFORE_PARTS;
    private static final long UTTERANCE_BYTES = (long) Float.BYTES * TIME_STEPS * SYMBOLS;
    /** Parts of one utterance, three at a time. */
    private static final Streams STREAMS = new Streams(3, 1, 1, UTTERANCE_BYTES);

    private final RecordedPins pins = new RecordedPins();
    private final DeviceLoss loss = loss(CtcConfiguration.defaults(), pins);

    /** Remembers what is pinned. */
    private static final class RecordedPins implements HostPins {
        private final List<Long> pinned = new ArrayList<>();

        @Override
        public boolean pin(MemorySegment memory) {
            return pinned.add(memory.address());
        }

        @Override
        public void unpin(MemorySegment memory) {
            assertThat(pinned.remove(memory.address())).isTrue();
        }
    }

    private static DeviceLoss loss(CtcConfiguration configuration, @Nullable HostPins pins) {
        return new DeviceLoss(DEVICE, new PlanMemory(DeviceLimits.of(DEVICE, configuration)), STREAMS, pins);
    }

    @AfterEach
    void close() {
        loss.close();
    }

    private static CtcBatch batch(MemorySegment scores, ScoreType type, Layout layout) {
        return CtcBatch.builder(TIME_STEPS, BATCH_SIZE, SYMBOLS)
                .layout(layout)
                .scores(scores, type)
                .inputLengths(12, 9, 0, 1, 11)
                .targets(new int[] {1, 2, 2}, new int[] {3}, new int[0], new int[] {4, 5}, new int[] {6, 1, 6, 1})
                .build();
    }

    private static MemorySegment random(MemorySegment memory, ScoreType type) {
        Random random = new Random(5);
        MemorySegment floats = Arena.ofAuto().allocate(ValueLayout.JAVA_FLOAT, FLOATS);
        for (int i = 0; i < FLOATS; i++) {
            floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
        }
        MemorySegment scores = memory.asSlice(0, type.bytes() * (long) FLOATS);
        if (type == ScoreType.FLOAT32) {
            scores.copyFrom(floats);
        } else {
            type.narrow(floats, 0, scores, 0, FLOATS);
        }
        return scores;
    }

    private CtcResult elsewhere(CtcBatch batch, MemorySegment scores) {
        MemorySegment copy = Arena.ofAuto().allocate(scores.byteSize(), 8).copyFrom(scores);
        CtcBatch same = batch(copy, batch.scoreType(), batch.layout());
        CtcResult result = CtcResult.allocate(same, STEP);
        try (DeviceLoss other = loss(CtcConfiguration.defaults(), null)) {
            other.compute(same, STEP, result);
        }
        return result;
    }

    private static void assertSameBits(CtcResult actual, CtcResult expected) {
        assertThat(actual.losses()).isEqualTo(expected.losses());
        assertThat(actual.gradient().mismatch(expected.gradient())).isEqualTo(-1);
    }

    /** Until it is worth parts. */
    private void repeat(CtcBatch batch, CtcOptions options, CtcResult result) {
        for (int call = 0; call < WHOLE; call++) {
            loss.compute(batch, options, result);
        }
    }

    @ParameterizedTest
    @EnumSource(ScoreType.class)
    void whatComesAgainAndAgainIsComputedInPartsToTheSameBits(ScoreType type) {
        MemorySegment scores = random(loss.allocate(FLOATS, Arena.ofAuto()), type);
        CtcBatch batch = batch(scores, type, Layout.BATCH_MAJOR);
        MemorySegment gradient = loss.allocate(FLOATS, Arena.ofAuto()).asSlice(0, scores.byteSize());
        CtcResult result = CtcResult.withGradientIn(gradient, batch);
        CtcResult expected = elsewhere(batch, scores);
        MemorySegment before = Arena.ofAuto().allocate(scores.byteSize(), 8).copyFrom(scores);
        for (int call = 1; call < WHOLE + 3; call++) {
            gradient.fill((byte) 1);
            loss.compute(batch, STEP, result);
            assertSameBits(result, expected);
            assertThat(scores.mismatch(before)).isEqualTo(-1);
            assertThat(loss.plansMade()).isEqualTo(call <= WHOLE ? 1 : 1 + BATCH_SIZE);
        }
        assertThat(loss.bytesCopied()).isZero();
    }

    /** Every shape would need plans of its own. */
    @Test
    void shapesThatTakeTurnsAreComputedInOne() {
        MemorySegment scores = random(loss.allocate(FLOATS, Arena.ofAuto()), ScoreType.FLOAT32);
        CtcBatch batch = batch(scores, ScoreType.FLOAT32, Layout.BATCH_MAJOR);
        CtcBatch wider = CtcBatch.builder(TIME_STEPS / 2, BATCH_SIZE, 2 * SYMBOLS)
                .layout(Layout.BATCH_MAJOR)
                .scores(scores)
                .targets(new int[BATCH_SIZE][0])
                .build();
        CtcOptions losses = STEP.withGradient(false);
        for (int call = 0; call < WHOLE + 2; call++) {
            loss.compute(batch, losses, CtcResult.allocate(batch, losses));
            loss.compute(wider, losses, CtcResult.allocate(wider, losses));
        }
        assertThat(loss.plansMade()).isEqualTo(1);
    }

    @Test
    void longerTargetsNeedNoOtherParts() {
        CtcOptions losses = STEP.withGradient(false);
        MemorySegment scores = random(loss.allocate(FLOATS, Arena.ofAuto()), ScoreType.FLOAT32);
        for (int length = 0; length <= 5; length++) {
            int[][] targets = new int[BATCH_SIZE][length];
            for (int u = 0; u < length; u++) {
                targets[3][u] = 1 + u;
            }
            CtcBatch batch = CtcBatch.builder(TIME_STEPS, BATCH_SIZE, SYMBOLS)
                    .layout(Layout.BATCH_MAJOR)
                    .scores(scores)
                    .targets(targets)
                    .blank(SYMBOLS - 1)
                    .build();
            repeat(batch, losses, CtcResult.allocate(batch, losses));
        }
        assertThat(loss.plansMade()).isEqualTo(1 + BATCH_SIZE);
    }

    @Test
    void otherContentsAreSeen() {
        MemorySegment scores = random(loss.allocate(FLOATS, Arena.ofAuto()), ScoreType.FLOAT32);
        CtcBatch batch = batch(scores, ScoreType.FLOAT32, Layout.BATCH_MAJOR);
        CtcResult result = CtcResult.withGradientIn(loss.allocate(FLOATS, Arena.ofAuto()), batch);
        repeat(batch, STEP, result);
        for (int call = 0; call < 3; call++) {
            // of every part, the first and last elements among them, where headers lie
            for (int i = call; i < FLOATS; i += 3) {
                scores.setAtIndex(ValueLayout.JAVA_FLOAT, i, -i % 5);
            }
            loss.compute(batch, STEP, result);
            assertSameBits(result, elsewhere(batch, scores));
        }
    }

    @Test
    void lossesAlone() {
        CtcOptions losses = STEP.withGradient(false);
        MemorySegment scores = random(loss.allocate(FLOATS, Arena.ofAuto()), ScoreType.FLOAT32);
        CtcBatch batch = batch(scores, ScoreType.FLOAT32, Layout.BATCH_MAJOR);
        CtcResult result = CtcResult.allocate(batch, losses);
        for (int call = 0; call < WHOLE + 1; call++) {
            loss.compute(batch, losses, result);
            assertThat(result.losses()).isEqualTo(elsewhere(batch, scores).losses());
        }
        assertThat(loss.plansMade()).isEqualTo(1 + BATCH_SIZE);
    }

    @ParameterizedTest
    @CsvSource({"TIME_MAJOR, true", "BATCH_MAJOR, false"})
    void whatIsInNoRunsOrNotPinnedIsComputedInOne(Layout layout, boolean pinned) {
        try (DeviceLoss other = loss(CtcConfiguration.defaults(), pinned ? pins : null)) {
            MemorySegment scores = random(other.allocate(FLOATS, Arena.ofAuto()), ScoreType.FLOAT32);
            CtcBatch batch = batch(scores, ScoreType.FLOAT32, layout);
            CtcResult result = CtcResult.withGradientIn(other.allocate(FLOATS, Arena.ofAuto()), batch);
            CtcResult expected = elsewhere(batch, scores);
            for (int call = 0; call < WHOLE + 2; call++) {
                other.compute(batch, STEP, result);
                assertSameBits(result, expected);
            }
            assertThat(other.plansMade()).isEqualTo(1);
            assertThat(other.bytesCopied()).isZero();
        }
    }

    /** Where the header of the second part would begin in the middle of an int. */
    @Test
    void utterancesOfAnOddNumberOf16BitsAreComputedInOne() {
        CtcOptions losses = STEP.withGradient(false);
        MemorySegment memory = loss.allocate(FLOATS, Arena.ofAuto()).asSlice(0, 2L * 3 * 5 * 7);
        CtcBatch batch = CtcBatch.builder(3, 5, 7)
                .layout(Layout.BATCH_MAJOR)
                .scores(memory, ScoreType.FLOAT16)
                .targets(new int[5][0])
                .build();
        try (DeviceLoss other = new DeviceLoss(
                DEVICE,
                new PlanMemory(DeviceLimits.of(DEVICE, CtcConfiguration.defaults())),
                new Streams(3, 1, 1, 1),
                pins)) {
            MemorySegment scores = other.allocate(2L * 3 * 5 * 7 / 4 + 1, Arena.ofAuto());
            CtcBatch lent = CtcBatch.builder(3, 5, 7)
                    .layout(Layout.BATCH_MAJOR)
                    .scores(scores.asSlice(0, memory.byteSize()), ScoreType.FLOAT16)
                    .targets(new int[5][0])
                    .build();
            CtcResult expected = CtcResult.allocate(batch, losses);
            loss.compute(batch, losses, expected);
            CtcResult result = CtcResult.allocate(lent, losses);
            for (int call = 0; call < WHOLE + 2; call++) {
                other.compute(lent, losses, result);
                assertThat(result.losses()).isEqualTo(expected.losses());
            }
            assertThat(other.plansMade()).isEqualTo(1);
        }
    }

    @Test
    void pinsAndPlansEndWithTheirMemory() {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment scores = random(loss.allocate(FLOATS, arena), ScoreType.FLOAT32);
            CtcBatch batch = batch(scores, ScoreType.FLOAT32, Layout.BATCH_MAJOR);
            CtcResult result = CtcResult.withGradientIn(loss.allocate(FLOATS, arena), batch);
            repeat(batch, STEP, result);
            loss.compute(batch, STEP, result);
            assertThat(loss.plansMade()).isEqualTo(1 + BATCH_SIZE);
            assertThat(pins.pinned).hasSize(2);
        }
        assertThat(pins.pinned).isEmpty();
        MemorySegment scores = random(Arena.ofAuto().allocate(4L * FLOATS, 4), ScoreType.FLOAT32);
        CtcBatch batch = batch(scores, ScoreType.FLOAT32, Layout.BATCH_MAJOR);
        CtcResult result = CtcResult.allocate(batch, STEP.withGradient(false));
        long before = loss.deviceMemory();
        loss.compute(batch, STEP.withGradient(false), result);
        assertThat(loss.deviceMemory()).isLessThan(before);
    }

    @Test
    void onlyCudaNeedsPinsFromHere() {
        assertThat(HostPins.of(DEVICE)).isEmpty();
    }

    @Test
    void onePlanWhereThereIsNoRoomForMore() {
        MemorySegment first = random(loss.allocate(FLOATS, Arena.ofAuto()), ScoreType.FLOAT32);
        CtcBatch batch = batch(first, ScoreType.FLOAT32, Layout.BATCH_MAJOR);
        loss.compute(batch, STEP, CtcResult.withGradientIn(loss.allocate(FLOATS, Arena.ofAuto()), batch));
        // what is there once a batch, such as tables, is there once a part
        CtcConfiguration roomForOne = CtcConfiguration.defaults().withMaxDeviceMemory(loss.deviceMemory() * 11 / 10);
        try (DeviceLoss small = loss(roomForOne, pins)) {
            MemorySegment scores = random(small.allocate(FLOATS, Arena.ofAuto()), ScoreType.FLOAT32);
            CtcBatch lent = batch(scores, ScoreType.FLOAT32, Layout.BATCH_MAJOR);
            CtcResult result = CtcResult.withGradientIn(small.allocate(FLOATS, Arena.ofAuto()), lent);
            CtcResult expected = elsewhere(lent, scores);
            for (int call = 0; call < WHOLE + 2; call++) {
                small.compute(lent, STEP, result);
                assertSameBits(result, expected);
            }
            assertThat(small.bytesCopied()).isZero();
        }
    }
}
