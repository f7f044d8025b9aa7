package io.github.tornadoctc;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where a program keeps what it can make again: as the XDG Base Directory Specification says, or the system's custom. */
final class CacheDirectory {
    /** A directory to use instead; empty for none. */
    static final String PROPERTY = "tornadoctc.cache";

    private static final String NAME = "tornadoctc";

    private CacheDirectory() {}

    /** The directory, which need not be there yet; null if nothing is to be kept. */
    static @Nullable Path of(Properties properties, Map<String, String> environment) {
        String named = properties.getProperty(PROPERTY);
        try {
            if (named != null) {
                return named.isEmpty() ? null : Path.of(named);
            }
            Path parent = parent(properties, environment);
            return parent.isAbsolute() ? parent.resolve(NAME) : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static Path parent(Properties properties, Map<String, String> environment) {
        String home = properties.getProperty("user.home", "");
        String system = properties.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        String local = environment.getOrDefault("LOCALAPPDATA", "");
        if (!xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg);
        }
        if (system.startsWith("windows") && !local.isEmpty()) {
            return Path.of(local);
        }
        return system.startsWith("mac") ? Path.of(home, "Library", "Caches") : Path.of(home, ".cache");
    }
}
