package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.shapes.CtcShape;
import org.junit.jupiter.api.Test;

class TornadoProviderTest {
    private static final CtcConfiguration DEFAULTS = CtcConfiguration.defaults();

    @Test
    void withoutAnSdkTornadoSaysHowToGetOne() {
        TornadoProvider provider = new TornadoProvider();

        assertThat(provider.unavailable())
                .hasValueSatisfying(reason -> assertThat(reason).contains("sdk install tornadovm"));
        assertThat(provider.devices()).isEmpty();
        assertThatExceptionOfType(BackendUnavailableException.class).isThrownBy(() -> provider.open(DEFAULTS));
    }

    @Test
    void lookingAndOpeningLeaveNoPropertyBehind() {
        Object before = System.getProperties().clone();
        TornadoProvider provider = new TornadoProvider();
        provider.unavailable();
        provider.devices();
        TornadoProvider.openFirstDevice("emulator", DEFAULTS).close();

        assertThat(System.getProperties()).isEqualTo(before);
    }

    @Test
    void aClosedBackendRefusesToCompute() {
        CtcBatch batch = new CtcShape("tiny", 4, 1, 3, 1).randomBatch(1);
        CtcBackend backend = TornadoProvider.openFirstDevice("emulator", DEFAULTS);
        backend.compute(batch, CtcOptions.defaults());
        backend.close();
        backend.close();

        assertThatIllegalStateException().isThrownBy(() -> backend.compute(batch, CtcOptions.defaults()));
    }
}
