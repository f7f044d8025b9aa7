package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcShape;
import org.junit.jupiter.api.Test;

class ProvidersTest {
    @Test
    void theEmulatorsKernelsAreLoadedApart() {
        try (CtcBackend backend = new EmulatorProvider().open(null)) {
            assertThat(backend.name()).isEqualTo("emulator");
            assertThat(backend.getClass().getName()).isEqualTo(TornadoCtcBackend.class.getName());
            assertThat(backend.getClass()).isNotSameAs(TornadoCtcBackend.class);
        }
    }

    @Test
    void withoutAnSdkTornadoSaysHowToGetOne() {
        TornadoProvider provider = new TornadoProvider();

        assertThat(provider.unavailable())
                .hasValueSatisfying(reason -> assertThat(reason).contains("sdk install tornadovm"));
        assertThat(provider.devices()).isEmpty();
        assertThatExceptionOfType(BackendUnavailableException.class).isThrownBy(() -> provider.open(null));
    }

    @Test
    void tornadoVmIsToldToFailAndToKeepShortListsUnlessItHasBeenToldOtherwise() {
        assertThat(new TornadoProvider().name()).isEqualTo("tornado");
        assertThat(System.getProperty("tornado.recover.bailout")).isEqualToIgnoringCase("false");
        assertThat(System.getProperty("tornado.max.events")).isEqualTo("1024");
    }

    @Test
    void anUnknownDeviceIsNamed() {
        assertThatExceptionOfType(BackendUnavailableException.class)
                .isThrownBy(() -> new EmulatorProvider().open("3:1"))
                .withMessageContaining("3:1");
    }

    @Test
    void aClosedBackendRefusesToCompute() {
        CtcBatch batch = new CtcShape("tiny", 4, 1, 3, 1).randomBatch(1);
        CtcBackend backend = new EmulatorProvider().open(null);
        backend.compute(batch, CtcOptions.defaults());
        backend.close();
        backend.close();

        assertThatIllegalStateException().isThrownBy(() -> backend.compute(batch, CtcOptions.defaults()));
    }
}
