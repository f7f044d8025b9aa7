package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdkVersionTest {
    @ParameterizedTest
    @ValueSource(strings = {"5.2.0-jdk25", "6.0.0-jdk22plus", "7.3.1-jdk21", "7.0.2-jdk22plus-dev", "2.2.0"})
    void theVersionIsInTheNameOfTheJar(String version) {
        URI jar = URI.create("file:///opt/sdk%20of%20mine/share/java/tornado/tornado-api-" + version + ".jar");
        assertThat(SdkVersion.of(jar)).isEqualTo(version);
    }

    @Test
    void aJarOfAnotherNameIsOfUnknownVersion() {
        assertThat(SdkVersion.describe(SdkVersion.of(URI.create("file:///opt/api.jar"))))
                .isEqualTo("TornadoVM of unknown version, which has not been tried; 5.2.0-jdk25 has");
    }

    @Test
    void whatHasNotBeenTriedIsSaid() {
        assertThat(SdkVersion.describe("7.3.1-jdk22plus"))
                .isEqualTo("TornadoVM 7.3.1-jdk22plus, which has not been tried; 5.2.0-jdk25 has");
        assertThat(SdkVersion.describe("5.2.0-jdk25")).isEqualTo("TornadoVM 5.2.0-jdk25");
    }
}
