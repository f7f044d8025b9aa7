package io.github.tornadoctc.residency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.kernels.NarrowFloat;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/** On the emulator, which has every type of array that a backend of TornadoVM may have. */
class EmulatorResidencyTest extends ResidencyTest {

    @Test
    void halfFloatsAreFloat16() throws TornadoExecutionPlanException {
        short[] bits = SixteenBits.of(BATCH, NarrowFloat.FLOAT16);
        short[] expected = new OwnGraph(BATCH).bits(NarrowFloat.FLOAT16, bits);
        short[] halves = new OwnGraph(BATCH).halves(bits);
        for (int i = 0; i < halves.length; i++) {
            // TornadoVM's conversion keeps the sign of what it rounds to 0
            assertThat(Float.float16ToFloat(halves[i])).isEqualTo(Float.float16ToFloat(expected[i]) + 0f);
        }
    }

    @Test
    void bfloatsAreBfloat16() throws TornadoExecutionPlanException {
        short[] bits = SixteenBits.of(BATCH, NarrowFloat.BFLOAT16);
        assertThat(new OwnGraph(BATCH).bfloats(bits)).isEqualTo(new OwnGraph(BATCH).bits(NarrowFloat.BFLOAT16, bits));
    }
}
