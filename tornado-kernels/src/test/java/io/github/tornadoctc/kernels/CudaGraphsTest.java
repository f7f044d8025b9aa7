package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** On the emulator, whose class path this is. */
class CudaGraphsTest {
    private final TornadoDevice device =
            TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();

    @AfterEach
    void clear() {
        System.clearProperty(CudaGraphs.PROPERTY);
    }

    @Test
    void aPropertySwitchesThemOff() {
        assertThat(CudaGraphs.use(device)).isTrue();
        System.setProperty(CudaGraphs.PROPERTY, "false");
        assertThat(CudaGraphs.use(device)).isFalse();
        System.setProperty(CudaGraphs.PROPERTY, "true");
        assertThat(CudaGraphs.use(device)).isTrue();
    }

    @Test
    void anotherValueIsAnError() {
        System.setProperty(CudaGraphs.PROPERTY, "yes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CudaGraphs.use(device))
                .withMessage("tornadoctc.cudaGraph = yes is neither true nor false");
    }
}
