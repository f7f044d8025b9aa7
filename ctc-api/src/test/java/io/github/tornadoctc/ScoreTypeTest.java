package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScoreTypeTest {
    private final MemorySegment element = MemorySegment.ofArray(new short[1]);

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16"})
    void everyNumberComesBackAsItWas(ScoreType type) {
        for (int bits = Short.MIN_VALUE; bits <= Short.MAX_VALUE; bits++) {
            element.set(ValueLayout.JAVA_SHORT, 0, (short) bits);
            float value = type.get(element, 0);
            type.set(element, 0, value);
            if (Float.isNaN(value)) {
                assertThat(type.get(element, 0)).isNaN();
            } else {
                assertThat(element.get(ValueLayout.JAVA_SHORT, 0)).isEqualTo((short) bits);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT16, 1, 3c00",
        "FLOAT16, 65504, 7bff",
        "FLOAT16, 65520, 7c00",
        "FLOAT16, -1e9, fc00",
        "FLOAT16, 1.00048828125, 3c00",
        "FLOAT16, 1.00146484375, 3c02",
        "FLOAT16, 5.9604645e-8, 1",
        "FLOAT16, 2e-8, 0",
        "BFLOAT16, 1, 3f80",
        "BFLOAT16, -2, c000",
        "BFLOAT16, 1.00390625, 3f80",
        "BFLOAT16, 1.01171875, 3f82",
        "BFLOAT16, 1.0039064, 3f81",
        "BFLOAT16, 3.4028235e38, 7f80",
        "BFLOAT16, Infinity, 7f80",
        "BFLOAT16, -Infinity, ff80"
    })
    void valuesAreRoundedToTheNearestAndTiesToEven(ScoreType type, float value, String bits) {
        type.set(element, 0, value);
        assertThat(element.get(ValueLayout.JAVA_SHORT, 0)).isEqualTo((short) Integer.parseInt(bits, 16));
    }

    @Test
    void nanOfAnyBitsStaysNan() {
        for (int bits : new int[] {0x7f800001, 0x7fffffff, 0xff800001, 0xffffffff}) {
            ScoreType.BFLOAT16.set(element, 0, Float.intBitsToFloat(bits));
            assertThat(ScoreType.BFLOAT16.get(element, 0)).isNaN();
        }
    }

    @ParameterizedTest
    @EnumSource
    void stretchesAreConvertedElementByElement(ScoreType type) {
        float[] values = {0, -1.5f, 1e-3f, 300, -0.1f};
        MemorySegment narrow = Arena.ofAuto().allocate(8L * type.bytes(), 8);
        type.narrow(MemorySegment.ofArray(values), 1, narrow, 2, 4);
        float[] back = new float[6];
        type.widen(narrow, 2, MemorySegment.ofArray(back), 1, 4);
        for (int i = 0; i < 4; i++) {
            assertThat(back[1 + i]).isEqualTo(type.get(narrow, 2 + i));
            assertThat(back[1 + i]).isCloseTo(values[1 + i], withinPercentage(0.5));
        }
        assertThat(back[0]).isZero();
        assertThat(back[5]).isZero();
    }

    @Test
    void aBatchTakesScoresOfAnyType() {
        short[] halves = {0x3c00, 0, 0x4000, (short) 0xbc00};
        CtcBatch batch = CtcBatch.builder(1, 2, 2)
                .scores(MemorySegment.ofArray(halves), ScoreType.FLOAT16)
                .targets(new int[] {1}, new int[0])
                .build();
        assertThat(batch.score(0, 1, 0)).isEqualTo(2);
        assertThat(batch.score(0, 1, 1)).isEqualTo(-1);
        assertThat(batch).hasToString("CtcBatch[T=1, B=2, V=2, longest target 1, blank 0, TIME_MAJOR, FLOAT16]");
        CtcBatch wide = batch.inFloat32();
        assertThat(wide.scores().toArray(ValueLayout.JAVA_FLOAT)).containsExactly(1, 0, 2, -1);
        assertThat(wide.target(0)).containsExactly(1);
        assertThat(wide.inFloat32()).isSameAs(wide);
        assertThat(batch.withTargets(new int[][] {{}, {1}}).scoreType()).isEqualTo(ScoreType.FLOAT16);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CtcBatch.builder(2, 1, 2).scores(MemorySegment.ofArray(halves), ScoreType.FLOAT32))
                .withMessage(
                        "scores has 8 bytes, but timeSteps * batchSize * symbols = 2 * 1 * 2 float32 scores take 16");
        MemorySegment odd = Arena.ofAuto().allocate(9, 8).asSlice(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CtcBatch.builder(2, 1, 2).scores(odd, ScoreType.BFLOAT16))
                .withMessageContaining("which is not a multiple of 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CtcResult.withGradientIn(Arena.ofAuto().allocate(12, 8), batch))
                .withMessage("gradient has 12 bytes, but the scores have 8, and in float32 would have 16");
        assertThat(CtcResult.withGradientIn(Arena.ofAuto().allocate(16, 8), batch)
                        .gradientType())
                .isEqualTo(ScoreType.FLOAT32);
        assertThat(CtcResult.withGradientIn(Arena.ofAuto().allocate(8, 8), batch)
                        .gradientType())
                .isEqualTo(ScoreType.FLOAT16);
    }
}
