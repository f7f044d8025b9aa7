package io.github.tornadoctc.kernels;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** Offers {@link TornadoCtcBackend} on the devices of an installed TornadoVM. */
public final class TornadoProvider implements CtcBackendProvider {
    /**
     * The system property with the bytes of device memory to use at most: a number, with KB, MB or GB after it if
     * wanted. Read when a backend is opened.
     */
    public static final String MAX_MEMORY_PROPERTY = "tornadoctc.maxDeviceMemory";

    static {
        // a task that does not compile would silently run on one thread of the JVM, where every index is 0
        setUnlessSet("tornado.recover.bailout", "False");
        // TornadoVM has dozens of lists of that many ints, one of events for each step of a graph, and clears all
        // before
        // every execution: at its default of 32768 that is five megabytes for one loss, and half of what a small call
        // costs. No step waits for nearly so many events
        setUnlessSet("tornado.max.events", "1024");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    @Override
    public String name() {
        return "tornado";
    }

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public Optional<String> unavailable() {
        if (!KernelContext.class.getModule().isNamed()) {
            return Optional.of("this JVM runs without a TornadoVM SDK (sdk install tornadovm, or set TORNADOVM_HOME)");
        }
        try {
            return devices().isEmpty() ? Optional.of("TornadoVM finds no device") : Optional.empty();
        } catch (RuntimeException | LinkageError e) {
            return Optional.of("TornadoVM does not start: " + e);
        }
    }

    @Override
    public List<CtcDevice> devices() {
        List<CtcDevice> devices = new ArrayList<>();
        if (KernelContext.class.getModule().isNamed()) {
            TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
            for (int i = 0; i < runtime.getNumBackends(); i++) {
                TornadoBackend backend = runtime.getBackend(i);
                for (int j = 0; j < backend.getNumDevices(); j++) {
                    devices.add(describe(i + ":" + j, backend.getDevice(j)));
                }
            }
        }
        return devices;
    }

    private static CtcDevice describe(String id, TornadoDevice device) {
        DeviceLimits limits = DeviceLimits.of(device);
        return new CtcDevice(
                id,
                limits.description(),
                "%s, %d MiB of memory to use, groups of at most %d work-items"
                        .formatted(device.getDeviceType(), limits.memory() >> 20, limits.maxGroupSize()));
    }

    @Override
    public CtcBackend open(@Nullable String device) {
        List<CtcDevice> devices = devices();
        if (devices.isEmpty()) {
            throw new BackendUnavailableException(
                    "backend tornado cannot be used here: " + unavailable().orElse("no device"));
        }
        String id = device == null ? devices.getFirst().id() : device;
        if (devices.stream().noneMatch(candidate -> candidate.id().equals(id))) {
            throw new BackendUnavailableException("device %s: TornadoVM has only %s"
                    .formatted(id, devices.stream().map(CtcDevice::id).toList()));
        }
        int colon = id.indexOf(':');
        int backend = Integer.parseInt(id, 0, colon, 10);
        int index = Integer.parseInt(id, colon + 1, id.length(), 10);
        return new TornadoCtcBackend(
                name(),
                TornadoRuntimeProvider.getTornadoRuntime().getBackend(backend).getDevice(index));
    }
}
