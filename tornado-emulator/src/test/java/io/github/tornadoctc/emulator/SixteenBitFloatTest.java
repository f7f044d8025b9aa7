package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.BFloat16;
import uk.ac.manchester.tornado.api.types.HalfFloat;

class SixteenBitFloatTest {
    @ParameterizedTest
    @CsvSource({
        "1, 3C00", // exact
        "1.00048828125, 3C00", // halfway between 1 and the next, to even: down
        "1.00146484375, 3C02", // halfway between the first and the second after 1, to even: up
        "65504, 7BFF", // largest
        "65520, 7C00", // halfway to what would come next: infinite
        "6.103515625e-5, 0400", // smallest normal
        "5.9604645e-8, 0001", // smallest subnormal
        "2.9802322e-8, 0000", // half of it, to even
        "-0.0, 8000",
        "Infinity, 7C00",
        "-Infinity, FC00"
    })
    void aHalfFloatIsTheNearestTiesToEven(float value, String bits) {
        assertThat(hex(new HalfFloat(value).getHalfFloatValue())).isEqualTo(bits);
    }

    @Test
    void everyHalfFloatSurvivesTheWayThroughFloat() {
        for (int bits = 0; bits < 0x10000; bits++) {
            HalfFloat half = new HalfFloat((short) bits);
            if (!Float.isNaN(half.getFloat32())) {
                assertThat(new HalfFloat(half.getFloat32()).getHalfFloatValue()).isEqualTo((short) bits);
            }
        }
        assertThat(new HalfFloat(Float.NaN).getFloat32()).isNaN();
    }

    @Test
    void halfFloatArithmeticRoundsOnce() {
        HalfFloat one = new HalfFloat(1f);
        HalfFloat three = new HalfFloat(3f);
        assertThat(HalfFloat.add(one, three).getFloat32()).isEqualTo(4);
        assertThat(HalfFloat.sub(one, three).getFloat32()).isEqualTo(-2);
        assertThat(HalfFloat.mult(three, three).getFloat32()).isEqualTo(9);
        assertThat(hex(HalfFloat.div(one, three).getHalfFloatValue())).isEqualTo("3555");
        assertThat(one).hasToString("HalfFloat: 1.0000");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 3F80", // exact
        "1.003906, 3F80", // just below halfway to the next
        "1.00390625, 3F81", // halfway: away from zero, as TornadoVM's Java code does
        "-1.00390625, BF81",
        "3.3895314e38, 7F7F", // largest
        "3.3961774e38, 7F7F", // just below halfway to what would come next
        "3.3961775e38, 7F80", // halfway: infinite
        "1.1754944e-38, 0080", // smallest normal
        "9.1835e-41, 0001", // smallest subnormal
        "1e-45, 0000",
        "Infinity, 7F80",
        "-Infinity, FF80",
        "NaN, 7FC0",
        "-0.0, 0000" // as TornadoVM's Java code does
    })
    void aBFloat16IsTheNearestTiesAwayFromZero(float value, String bits) {
        assertThat(hex(BFloat16.bf16FromFloat(value))).isEqualTo(bits);
    }

    @Test
    void everyBFloat16SurvivesTheWayThroughFloat() {
        for (int bits = 0; bits < 0x10000; bits++) {
            float value = BFloat16.bf16ToFloat((short) bits);
            if (Float.isNaN(value)) {
                assertThat(bits & 0x7FFF).isGreaterThan(0x7F80);
            } else if (value != 0) {
                assertThat(BFloat16.bf16FromFloat(value)).isEqualTo((short) bits);
            }
        }
        assertThat(BFloat16.bf16ToFloat((short) 0x7F7F)).isEqualTo(BFloat16.BF16_MAX);
    }

    private static String hex(short bits) {
        return String.format("%04X", bits);
    }
}
