package io.github.tornadoctc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The constants of a {@link CtcCostModel} as they were measured.
 *
 * @param backend the backend's name
 * @param holdsFor JVM, processors and versions that they hold for
 * @param device the device they were measured on, by its name
 * @param measured when that was
 * @param constants their values by their names
 */
public record CtcCalibration(
        String backend, String holdsFor, String device, Instant measured, Map<String, Double> constants) {

    /** In the order of their names. */
    public CtcCalibration {
        constants = Collections.unmodifiableSortedMap(new TreeMap<>(constants));
    }

    /** Measures the constants on a device, in a few seconds. */
    static CtcCalibration measure(String backend, CtcCostModel model, CtcDevice device) {
        Map<String, Double> constants = model.measure(device);
        return new CtcCalibration(
                backend, holdsFor(model), device.name(), Instant.now().truncatedTo(ChronoUnit.SECONDS), constants);
    }

    /** What constants of a model hold for in this JVM. */
    static String holdsFor(CtcCostModel model) {
        return "Java %s, %s, %d processors, %s"
                .formatted(
                        Runtime.version(),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        model.holdsFor());
    }

    /** Whether it was made on that device. */
    boolean isOf(CtcDevice other) {
        return device.equals(other.name());
    }
}
