package io.github.tornadoctc.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalLogitsTest {

    /** More than are drawn at once, and odd numbers, of whose last pair one is left over. */
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "7, -1", "8192, 77", "8193, 3", "1048577, 9223372036854775807"})
    void theNumbersOfARandomAndThenTheRestOfIt(int count, long seed) {
        MemorySegment logits = Arena.ofAuto().allocate(ValueLayout.JAVA_FLOAT, count);
        Random after = NormalLogits.write(logits, count, seed, 30, index -> count - 1 - index);

        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            float expected = 30 * (float) random.nextGaussian();
            assertThat(logits.getAtIndex(ValueLayout.JAVA_FLOAT, count - 1 - i)).isEqualTo(expected);
        }
        assertThat(after.nextInt(1000)).isEqualTo(random.nextInt(1000));
        assertThat(after.ints(5).toArray()).isEqualTo(random.ints(5).toArray());
    }
}
