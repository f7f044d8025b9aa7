package io.github.tornadoctc.emulated;

import io.github.tornadoctc.emulator.Emulator;
import io.github.tornadoctc.kernels.TornadoProvider;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.util.List;

/**
 * Loads the kernels a second time, against the emulator. With a TornadoVM SDK in the JVM its modules win over the
 * emulator's classes of the same package; here the emulator's win, whatever else is in the JVM, so that device and
 * emulator can be compared in one run.
 */
final class EmulatorLoader extends URLClassLoader {
    private static final List<String> OWN_PACKAGES =
            List.of("uk.ac.manchester.tornado.", "io.github.tornadoctc.emulator.", "io.github.tornadoctc.kernels.");

    /** What the caller sees of a backend beyond the contract; it names nothing of TornadoVM, so it is loaded once. */
    private static final String SHARED_PACKAGE = "io.github.tornadoctc.kernels.profile.";

    /** A loader that takes the emulator and the kernels from the jars they are in. */
    EmulatorLoader() {
        super(new URL[] {origin(Emulator.class), origin(TornadoProvider.class)}, EmulatorLoader.class.getClassLoader());
    }

    private static URL origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException(type + " does not say where it was loaded from");
        }
        return source.getLocation();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(SHARED_PACKAGE) || OWN_PACKAGES.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }
}
