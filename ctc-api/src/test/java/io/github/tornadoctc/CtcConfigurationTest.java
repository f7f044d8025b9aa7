package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CtcConfigurationTest {
    private static final CtcConfiguration DEFAULTS = CtcConfiguration.defaults();

    @Test
    void eachPartIsChangedAlone() {
        CtcConfiguration changed =
                DEFAULTS.withDevice("0:1").withMaxDeviceMemory(5).withMaxThreads(3);
        assertThat(changed).isEqualTo(new CtcConfiguration("0:1", 5, 3));
        assertThat(changed.withDevice(null).device()).isNull();
    }

    @Test
    void limitsAreAtLeastOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withMaxDeviceMemory(0))
                .withMessage("maxDeviceMemory = 0 is less than 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withMaxThreads(0))
                .withMessage("maxThreads = 0 is less than 1");
    }

    @ParameterizedTest
    @CsvSource({"1024, 1024", "3KB, 3072", "512MB, 536870912", "4GB, 4294967296", "' 4 gb', 4294967296"})
    void bytesAreReadWithTheirUnit(String text, long bytes) {
        assertThat(CtcConfiguration.parseBytes("x", text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GB", "many", "1TBs", "9999999999GB"})
    void whatIsNoNumberOfBytesIsNamedWithItsProperty(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CtcConfiguration.parseBytes("some.property", text))
                .withMessage("some.property = %s is no number of bytes", text);
    }
}
