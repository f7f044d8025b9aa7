package io.github.tornadoctc.kernels;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** System properties that are set for a while, for what reads them once when it starts. */
public final class TemporaryProperties {
    private TemporaryProperties() {}

    /**
     * Calls {@code body} with these properties set. Those that the user has set keep his values, and none of ours is
     * left behind.
     */
    public static <T> T with(Map<String, String> properties, Supplier<T> body) {
        Set<String> ours = new HashSet<>(properties.keySet());
        ours.removeAll(System.getProperties().stringPropertyNames());
        ours.forEach(property -> System.setProperty(property, properties.get(property)));
        try {
            return body.get();
        } finally {
            ours.forEach(System::clearProperty);
        }
    }
}
