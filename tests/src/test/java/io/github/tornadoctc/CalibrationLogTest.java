package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A call that has to wait until a device has been measured says so before that begins. */
class CalibrationLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(ChoosingBackend.class);
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
    }

    private List<String> logged() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void thatItMeasuresIsLoggedBeforeItDoesAndHowLongThatTakes() {
        Measured model = new Measured();
        new Candidate(CtcBackends.provider("cpu"), model, new CalibrationCache(null)).calibrate();
        assertThat(model.loggedBefore)
                .singleElement()
                .asString()
                .startsWith("backend cpu: measures now what calls cost on a device")
                .contains("a minute at most");
        assertThat(logged()).hasSize(2).last().asString().startsWith("backend cpu: calibrated on a device");
    }

    /** Notes what has been logged when it is to measure. */
    private final class Measured implements CtcCostModel {
        private final List<String> loggedBefore = new ArrayList<>();

        @Override
        public Optional<String> missing() {
            return Optional.empty();
        }

        @Override
        public String holdsFor() {
            return "a test";
        }

        @Override
        public Optional<CtcDevice> device() {
            return Optional.of(new CtcDevice("0:0", "a device", ""));
        }

        @Override
        public Map<String, Double> builtIn() {
            return Map.of();
        }

        @Override
        public CtcCosts costs(Map<String, Double> constants) {
            return CtcBackends.provider("cpu")
                    .costModel()
                    .map(model -> model.costs(model.builtIn()))
                    .orElseThrow();
        }

        @Override
        public Map<String, Double> measure(CtcDevice device) {
            loggedBefore.addAll(logged());
            return Map.of();
        }
    }
}
