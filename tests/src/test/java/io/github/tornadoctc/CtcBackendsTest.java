package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How a backend is found and chosen; {@link UnusableProvider} is the best ranked here. */
class CtcBackendsTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(CtcBackends.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
        logger.setAdditive(true);
        System.clearProperty(CtcBackends.FORCE_PROPERTY);
    }

    private List<String> logged() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void providersComeBestRankedFirst() {
        List<CtcBackendProvider> providers = CtcBackends.providers();
        assertThat(providers).extracting(CtcBackendProvider::name).contains("unusable", "cpu", "reference");
        assertThat(providers.getFirst()).isInstanceOf(UnusableProvider.class);
        assertThat(providers).extracting(CtcBackendProvider::rank).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void namesAreUnique() {
        assertThat(CtcBackends.providers())
                .extracting(CtcBackendProvider::name)
                .doesNotHaveDuplicates()
                .doesNotContain("auto");
    }

    @Test
    void theBestThatCanBeUsedIsChosen() {
        CtcBackendProvider expected = CtcBackends.providers().stream()
                .filter(provider -> provider.unavailable().isEmpty())
                .findFirst()
                .orElseThrow();
        try (CtcBackend best = CtcBackends.best();
                CtcBackend auto = CtcBackends.open("auto")) {
            assertThat(best.name()).isEqualTo(expected.name());
            assertThat(auto.name()).isEqualTo(expected.name());
        }
    }

    @Test
    void whatIsPassedOverIsLoggedWithTheReason() {
        try (CtcBackend backend = CtcBackends.best()) {
            assertThat(logged())
                    .startsWith("backend unusable passed over: " + UnusableProvider.REASON)
                    .endsWith("backend %s: %s".formatted(backend.name(), backend.device()));
        }
    }

    @Test
    void aBackendOfNegativeRankIsChosenOnlyByName() {
        List<String> never = CtcBackends.providers().stream()
                .filter(provider -> provider.rank() < 0)
                .map(CtcBackendProvider::name)
                .toList();
        assertThat(never).contains("reference");
        try (CtcBackend best = CtcBackends.best();
                CtcBackend named = CtcBackends.open("reference")) {
            assertThat(never).doesNotContain(best.name());
            assertThat(named.name()).isEqualTo("reference");
        }
    }

    @Test
    void thePropertyForcesTheChoice() {
        System.setProperty(CtcBackends.FORCE_PROPERTY, "reference");
        try (CtcBackend backend = CtcBackends.best()) {
            assertThat(backend.name()).isEqualTo("reference");
        }
        assertThat(logged()).containsExactly("backend reference: forced by -Dtornadoctc.backend");
    }

    @Test
    void thePropertyMayForceNothing() {
        System.setProperty(CtcBackends.FORCE_PROPERTY, "auto");
        try (CtcBackend backend = CtcBackends.best()) {
            assertThat(backend.name()).isNotEqualTo("reference");
        }
    }

    @Test
    void aForcedBackendIsNotReplacedByAnother() {
        System.setProperty(CtcBackends.FORCE_PROPERTY, "unusable");
        assertThatThrownBy(CtcBackends::best).isExactlyInstanceOf(BackendUnavailableException.class);
    }

    @Test
    void aBackendThatCannotBeUsedIsRefusedWithTheReason() {
        assertThatThrownBy(() -> CtcBackends.open("unusable"))
                .isExactlyInstanceOf(BackendUnavailableException.class)
                .hasMessage("backend unusable cannot be used here: " + UnusableProvider.REASON);
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> CtcBackends.open("cuda"))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("backend = cuda is none of auto, unusable, ")
                .hasMessageContaining("reference");
    }

    @Test
    void aDeviceNeedsItsBackendNamed() {
        assertThatThrownBy(() ->
                        CtcBackends.open("auto", CtcConfiguration.defaults().withDevice("0:1")))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("device = 0:1 needs a backend to be named");
    }
}
