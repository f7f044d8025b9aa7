package io.github.tornadoctc;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps calibrations in files of properties, one for each backend and what its constants hold for. A file that cannot be
 * read is as good as none, and is written anew. Nothing here fails: a machine without a directory to write to measures
 * every time.
 */
final class CalibrationCache {
    private static final Logger LOG = LoggerFactory.getLogger(CalibrationCache.class);

    private static final String TITLE =
            "What calls of TornadoCTC cost on this machine. It is made anew when it is gone.";
    private static final String HOLDS_FOR = "holdsFor";
    private static final String DEVICE = "device";
    private static final String MEASURED = "measured";
    private static final String CONSTANT = "constant.";

    private final @Nullable Path directory;

    /** In that directory, which is made when something is written; null keeps nothing. */
    CalibrationCache(@Nullable Path directory) {
        this.directory = directory;
    }

    /** The file of a calibration, if anything is kept. */
    Optional<Path> file(String backend, String holdsFor) {
        return directory == null
                ? Optional.empty()
                : Optional.of(directory.resolve("%s-%08x.properties".formatted(backend, holdsFor.hashCode())));
    }

    /** What is kept for a model in this JVM, on whichever device. */
    Optional<CtcCalibration> load(String backend, CtcCostModel model) {
        String holdsFor = CtcCalibration.holdsFor(model);
        Optional<Path> file = file(backend, holdsFor);
        try {
            return file.isEmpty() ? Optional.empty() : Optional.of(read(file.get(), backend, holdsFor, model));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
            LOG.info("{}: cannot be read, so the constants are measured anew: {}", file.get(), e.toString());
            return Optional.empty();
        }
    }

    private static CtcCalibration read(Path file, String backend, String holdsFor, CtcCostModel model)
            throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        if (!holdsFor.equals(required(properties, HOLDS_FOR))) {
            throw new IllegalArgumentException("it holds for " + properties.getProperty(HOLDS_FOR));
        }
        Map<String, Double> constants = new HashMap<>();
        for (String name : model.builtIn().keySet()) {
            constants.put(name, constant(name, required(properties, CONSTANT + name)));
        }
        Instant measured = Instant.parse(required(properties, MEASURED));
        return new CtcCalibration(backend, holdsFor, required(properties, DEVICE), measured, constants);
    }

    private static String required(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static double constant(String name, String text) {
        double value = Double.parseDouble(text);
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s = %s is no time".formatted(name, text));
        }
        return value;
    }

    /** Writes beside the file and moves it there when it is complete, so that nobody ever reads half of it. */
    void save(CtcCalibration calibration) {
        Optional<Path> file = file(calibration.backend(), calibration.holdsFor());
        if (file.isEmpty()) {
            return;
        }
        Path target = file.get();
        Path temporary = target.resolveSibling("%s.%08x.tmp"
                .formatted(target.getFileName(), ThreadLocalRandom.current().nextInt()));
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            try {
                Files.writeString(temporary, text(calibration));
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            LOG.warn("{}: cannot be written, so the constants are not kept: {}", target, e.toString());
        }
    }

    private static String text(CtcCalibration calibration) throws IOException {
        Properties properties = new Properties();
        properties.setProperty(HOLDS_FOR, calibration.holdsFor());
        properties.setProperty(DEVICE, calibration.device());
        properties.setProperty(MEASURED, calibration.measured().toString());
        calibration.constants().forEach((name, value) -> properties.setProperty(CONSTANT + name, value.toString()));
        StringWriter text = new StringWriter();
        properties.store(text, TITLE);
        return text.toString();
    }
}
