package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class CacheDirectoryTest {
    private final Properties properties = new Properties();

    CacheDirectoryTest() {
        properties.setProperty("user.home", "/home/somebody");
        properties.setProperty("os.name", "Linux");
    }

    @Test
    void itIsInTheHomeDirectory() {
        assertThat(CacheDirectory.of(properties, Map.of())).isEqualTo(Path.of("/home/somebody/.cache/tornadoctc"));
    }

    @Test
    void itIsWhereXdgSays() {
        assertThat(CacheDirectory.of(properties, Map.of("XDG_CACHE_HOME", "/var/cache")))
                .isEqualTo(Path.of("/var/cache/tornadoctc"));
    }

    /** So the specification demands of a path that is relative. */
    @Test
    void aRelativePathIsIgnored() {
        assertThat(CacheDirectory.of(properties, Map.of("XDG_CACHE_HOME", "cache")))
                .isEqualTo(Path.of("/home/somebody/.cache/tornadoctc"));
    }

    @Test
    void otherSystemsHaveOtherCustoms() {
        properties.setProperty("os.name", "Mac OS X");
        assertThat(CacheDirectory.of(properties, Map.of()))
                .isEqualTo(Path.of("/home/somebody/Library/Caches/tornadoctc"));
        properties.setProperty("os.name", "Windows 11");
        assertThat(CacheDirectory.of(properties, Map.of("LOCALAPPDATA", "/local")))
                .isEqualTo(Path.of("/local/tornadoctc"));
    }

    @Test
    void aPropertyNamesItOrForbidsIt() {
        properties.setProperty(CacheDirectory.PROPERTY, "here");
        assertThat(CacheDirectory.of(properties, Map.of())).isEqualTo(Path.of("here"));
        properties.setProperty(CacheDirectory.PROPERTY, "");
        assertThat(CacheDirectory.of(properties, Map.of())).isNull();
    }

    @Test
    void whoHasNoHomeKeepsNothing() {
        properties.remove("user.home");
        assertThat(CacheDirectory.of(properties, Map.of())).isNull();
    }
}
