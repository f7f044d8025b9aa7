package io.github.tornadoctc.contract;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.ScoreType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory that a backend lends is memory like any other, but for its speed. */
interface MemoryRules extends BackendUnderTest {

    @ParameterizedTest
    @EnumSource
    default void lentMemoryGivesTheSameBits(Layout layout) {
        BatchDraft draft = BatchDraft.random(161, 40, 5, 7, 6).ragged().layout(layout);
        CtcBatch elsewhere = draft.build();
        CtcResult expected = computeAndCheck(elsewhere);
        long floats = elsewhere.scores().byteSize() / Float.BYTES;
        MemorySegment scores = backend().allocate(floats, Arena.ofAuto());
        MemorySegment gradient = backend().allocate(floats, Arena.ofAuto());
        for (int call = 0; call < 2; call++) {
            CtcBatch batch = draft.buildIn(scores);
            CtcResult result = CtcResult.withGradientIn(gradient.fill((byte) 7), batch);
            backend().compute(batch, LOGITS, result);
            Bits.assertSame(result, expected);
        }
    }

    @Test
    default void oneOfTheTwoMayBeElsewhere() {
        BatchDraft draft = BatchDraft.random(162, 20, 3, 5, 4);
        CtcResult expected = computeAndCheck(draft.build());
        long bytes = draft.build().scores().byteSize();
        MemorySegment lent = backend().allocate(bytes / Float.BYTES, Arena.ofAuto());

        Bits.assertSame(compute(draft.buildIn(lent)), expected);
        CtcBatch batch = draft.build();
        CtcResult result = CtcResult.withGradientIn(lent, batch);
        backend().compute(batch, LOGITS, result);
        Bits.assertSame(result, expected);
    }

    @Test
    default void itServesOtherBatchesAndEndsWithItsArena() {
        for (int labels = 1; labels < 4; labels++) {
            BatchDraft draft = BatchDraft.random(163, 20, 3, 5, labels);
            CtcResult expected = computeAndCheck(draft.build());
            try (Arena arena = Arena.ofShared()) {
                MemorySegment scores = backend().allocate(20 * 3 * 5, arena);
                MemorySegment gradient = backend().allocate(20 * 3 * 5, arena);
                CtcBatch batch = draft.buildIn(scores);
                CtcResult result = CtcResult.withGradientIn(gradient, batch);
                backend().compute(batch, LOGITS, result);
                Bits.assertSame(result, expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    default void noMemoryIsRefused(long floats) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backend().allocate(floats, Arena.ofAuto()))
                .withMessageStartingWith("floats = " + floats + " is ");
    }

    /** What a call leaves behind, in memory or of it, is nothing to the next. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    default void callsOneAfterTheOtherInPiecesOfMemoryGiveTheSameBits(long seed) {
        Random random = new Random(seed);
        List<ScoreType> types = List.of(ScoreType.values());
        try (LentPieces pieces = new LentPieces(backend(), random)) {
            for (int call = 0; call < 15; call++) {
                ScoreType type = types.get(random.nextInt(types.size()));
                int symbols = random.nextInt(4) == 0 ? 128 : 2 + random.nextInt(20);
                BatchDraft draft = BatchDraft.random(
                                random.nextLong(),
                                1 + random.nextInt(12),
                                1 + random.nextInt(4),
                                symbols,
                                random.nextInt(4))
                        .layout(random.nextBoolean() ? Layout.TIME_MAJOR : Layout.BATCH_MAJOR)
                        .ragged();
                CtcBatch elsewhere = draft.build(type);
                CtcResult expected =
                        CtcResult.allocate(elsewhere, LOGITS, random.nextBoolean() ? type : ScoreType.FLOAT32);
                backend().compute(elsewhere, LOGITS, expected);
                MemorySegment scores = pieces.take(elsewhere.scores().byteSize());
                MemorySegment gradient = pieces.take(expected.gradient().byteSize(), scores);
                CtcBatch batch = draft.buildIn(scores, type);
                CtcResult result = CtcResult.withGradientIn(gradient, batch);
                backend().compute(batch, LOGITS, result);
                Bits.assertSame(result, expected);
                pieces.giveBack();
            }
        }
    }
}
