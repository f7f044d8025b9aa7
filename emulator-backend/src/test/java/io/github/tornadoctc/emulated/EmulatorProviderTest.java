package io.github.tornadoctc.emulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcConfiguration;
import org.junit.jupiter.api.Test;

class EmulatorProviderTest {
    private static final CtcConfiguration DEFAULTS = CtcConfiguration.defaults();

    @Test
    void theKernelsAreLoadedApart() throws ClassNotFoundException {
        try (CtcBackend backend = new EmulatorProvider().open(DEFAULTS)) {
            assertThat(backend.name()).isEqualTo("emulator");
            Class<?> here = Class.forName(backend.getClass().getName());
            assertThat(backend.getClass()).isNotSameAs(here);
        }
    }

    @Test
    void anUnknownDeviceIsNamed() {
        assertThatExceptionOfType(BackendUnavailableException.class)
                .isThrownBy(() -> new EmulatorProvider().open(DEFAULTS.withDevice("3:1")))
                .withMessage("device 3:1: backend emulator has only device 0:0");
    }

    @Test
    void openingItLeavesNoPropertyBehind() {
        var before = System.getProperties().clone();
        new EmulatorProvider().open(DEFAULTS).close();
        assertThat(System.getProperties()).isEqualTo(before);
    }
}
