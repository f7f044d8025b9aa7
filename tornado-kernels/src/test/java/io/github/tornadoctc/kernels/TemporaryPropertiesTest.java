package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TemporaryPropertiesTest {
    private static final String THEIRS = "tornadoctc.test.theirs";
    private static final String OURS = "tornadoctc.test.ours";

    @BeforeEach
    void theUserSetsOne() {
        System.setProperty(THEIRS, "theirs");
    }

    @AfterEach
    void clear() {
        System.clearProperty(THEIRS);
    }

    @Test
    void ourPropertyIsThereForAWhileAndTheUsersStays() {
        String seen = TemporaryProperties.with(
                Map.of(THEIRS, "ours", OURS, "ours"), () -> System.getProperty(THEIRS) + System.getProperty(OURS));
        assertThat(seen).isEqualTo("theirsours");
        assertThat(System.getProperty(THEIRS)).isEqualTo("theirs");
        assertThat(System.getProperty(OURS)).isNull();
    }

    @Test
    void ourPropertyGoesWhenTheBodyFails() {
        assertThatThrownBy(() -> TemporaryProperties.with(Map.of(OURS, "ours"), () -> {
                    throw new IllegalStateException("as a driver may");
                }))
                .hasMessage("as a driver may");
        assertThat(System.getProperty(OURS)).isNull();
    }
}
