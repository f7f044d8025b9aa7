package io.github.tornadoctc.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatorTest {
    @Test
    void theEmulatorIsActiveWhereItsOwnApiIsLoaded() {
        assertThat(Emulator.isActive()).isTrue();
    }

    @Test
    void theEmulatorIsNotActiveWhereTheApiComesFromElsewhere(@TempDir Path elsewhere) throws Exception {
        copyEmulatorClass(elsewhere);
        URL[] places = {elsewhere.toUri().toURL()};
        // Its own Emulator, everything else from this class path: as if another jar had supplied the API.
        try (URLClassLoader loader = new EmulatorOnlyLoader(places, EmulatorTest.class.getClassLoader())) {
            Class<?> emulator = loader.loadClass(Emulator.class.getName());
            assertThat(emulator).isNotSameAs(Emulator.class);
            Method isActive = emulator.getMethod("isActive");
            assertThat(isActive.invoke(null)).isEqualTo(false);
        }
    }

    private static void copyEmulatorClass(Path to) throws Exception {
        String file = Emulator.class.getName().replace('.', '/') + ".class";
        URI here = Emulator.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        Files.createDirectories(to.resolve(file).getParent());
        Files.copy(Path.of(here).resolve(file), to.resolve(file));
    }

    private static final class EmulatorOnlyLoader extends URLClassLoader {
        EmulatorOnlyLoader(URL[] places, ClassLoader parent) throws IOException {
            super(places, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (name.equals(Emulator.class.getName())) {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded == null ? findClass(name) : loaded;
                }
                return super.loadClass(name, resolve);
            }
        }
    }

    @Test
    void optionsComeFromSystemPropertiesUnlessGiven() {
        System.setProperty(EmulatorOptions.ORDER_PROPERTY, "shuffle:3");
        System.setProperty(EmulatorOptions.CHECKS_PROPERTY, "true");
        System.setProperty(EmulatorOptions.RACES_PROPERTY, "true");
        System.setProperty(EmulatorOptions.EXPONENTIAL_PROPERTY, "-2");
        try {
            assertThat(Emulator.options()).isEqualTo(new EmulatorOptions(WorkItemOrder.shuffle(3), true, true, -2));
            WorkItemOrder inside = Emulator.withOrder(WorkItemOrder.DESCENDING)
                    .call(() -> Emulator.options().order());
            assertThat(inside).isEqualTo(WorkItemOrder.DESCENDING);
            assertThat(Emulator.withChecks(false).call(Emulator::options).checks())
                    .isFalse();
        } finally {
            System.clearProperty(EmulatorOptions.ORDER_PROPERTY);
            System.clearProperty(EmulatorOptions.CHECKS_PROPERTY);
            System.clearProperty(EmulatorOptions.RACES_PROPERTY);
            System.clearProperty(EmulatorOptions.EXPONENTIAL_PROPERTY);
        }
        assertThat(Emulator.options()).isEqualTo(new EmulatorOptions(WorkItemOrder.ASCENDING, false, false, 0));
    }
}
