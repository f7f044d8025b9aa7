package io.github.tornadoctc.kernels;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcDevice;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** Offers {@link TornadoCtcBackend} on the emulator: the kernels anywhere, slowly; never chosen automatically. */
public final class EmulatorProvider implements CtcBackendProvider {
    private static final String DEVICE_ID = "0:0";

    @Override
    public String name() {
        return "emulator";
    }

    @Override
    public int rank() {
        return -2;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    public List<CtcDevice> devices() {
        return List.of(
                new CtcDevice(DEVICE_ID, "TornadoCTC emulator", "the kernels on JVM threads, for tests and debugging"));
    }

    @Override
    public CtcBackend open(@Nullable String device) {
        if (device != null && !device.equals(DEVICE_ID)) {
            throw new BackendUnavailableException("device %s: the emulator has only %s".formatted(device, DEVICE_ID));
        }
        try {
            Class<?> there = Class.forName(EmulatorProvider.class.getName(), true, new EmulatorLoader());
            return (CtcBackend) there.getDeclaredMethod("openHere").invoke(null);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException badArgument) {
                throw badArgument;
            }
            throw new BackendUnavailableException("the emulator does not start: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new BackendUnavailableException("the emulator cannot be loaded: " + e, e);
        }
    }

    /** Called through reflection on the class that {@link EmulatorLoader} has loaded. */
    @SuppressWarnings("unused")
    public static CtcBackend openHere() {
        return new TornadoCtcBackend(
                "emulator",
                TornadoRuntimeProvider.getTornadoRuntime().getBackend(0).getDevice(0));
    }
}
