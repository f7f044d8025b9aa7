package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

class StreamsTest {
    private static final TornadoDevice DEVICE =
            TornadoRuntimeProvider.getTornadoRuntime().getBackend(0).getDevice(0);

    @AfterEach
    void asItWas() {
        System.clearProperty(Streams.PROPERTY);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "9, 1",
        "10, 1",
        "11, 2",
        "40, 4",
        "80, 8",
        "100, 8",
        "400, 8",
        "800, 8",
        "1600, 16",
        "9999, 64"
    })
    void partsAreTwoForEachStreamUnlessTooSmallOrTooLarge(int frames, int parts) {
        // utterances of one symbol: 4 bytes a frame
        CtcBatch batch = CtcBatch.builder(frames, 64, 1)
                .scoresOnDevice()
                .targets(new int[64][0])
                .build();
        Streams streams = new Streams(4, 1, 10 * 64 * 4, 100 * 64 * 4);
        assertThat(streams.parts(batch)).isEqualTo(Math.max(parts, 1));
        assertThat(streams.areAllBusy(parts)).isEqualTo(parts >= 8);
        Streams one = new Streams(1, 1, 1, 1);
        assertThat(one.parts(batch)).isEqualTo(1);
        assertThat(one.areAllBusy(8)).isFalse();
    }

    @Test
    void anEmptyBatchHasNoParts() {
        CtcBatch batch =
                CtcBatch.builder(5, 0, 3).scores().targets(new int[0][]).build();
        assertThat(new Streams(1, 1, 1, 1).parts(batch)).isZero();
        assertThat(new Streams(4, 1, 1, 1).parts(batch)).isZero();
    }

    @Test
    void noMoreThreadsThanAreConfigured() {
        System.setProperty(Streams.PROPERTY, "3");
        Streams streams = Streams.of(DEVICE, CtcConfiguration.defaults().withMaxThreads(1));
        assertThat(streams.count()).isEqualTo(1);
        assertThat(streams.copying()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "four", "", "100000"})
    void thePropertyIsANumber(String value) {
        System.setProperty(Streams.PROPERTY, value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Streams.of(DEVICE, CtcConfiguration.defaults()))
                .withMessage("tornadoctc.streams = %s is no number from 1 to 9999", value);
    }
}
