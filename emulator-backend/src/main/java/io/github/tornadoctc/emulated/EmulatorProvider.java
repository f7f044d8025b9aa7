package io.github.tornadoctc.emulated;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcDevice;
import io.github.tornadoctc.SingleDeviceProvider;
import io.github.tornadoctc.kernels.TornadoProvider;
import java.lang.reflect.InvocationTargetException;

/** Offers the kernels on the emulator: the same results anywhere, slowly; never chosen automatically. */
public final class EmulatorProvider extends SingleDeviceProvider {
    private static final String NAME = "emulator";

    /** For {@link java.util.ServiceLoader}. */
    public EmulatorProvider() {
        super(NAME, -2, "0:0");
    }

    @Override
    protected CtcDevice device(String id) {
        return new CtcDevice(id, "TornadoCTC emulator", "the kernels on JVM threads, for tests and debugging");
    }

    @Override
    protected CtcBackend openDevice(CtcConfiguration configuration) {
        try {
            Class<?> kernels = Class.forName(TornadoProvider.class.getName(), true, new EmulatorLoader());
            return (CtcBackend) kernels.getMethod("openFirstDevice", String.class, CtcConfiguration.class)
                    .invoke(null, NAME, configuration);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException badArgument) {
                throw badArgument;
            }
            throw new BackendUnavailableException("the emulator does not start: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new BackendUnavailableException("the emulator cannot be loaded: " + e, e);
        }
    }
}
