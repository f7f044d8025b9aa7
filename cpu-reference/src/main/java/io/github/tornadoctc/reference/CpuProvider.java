package io.github.tornadoctc.reference;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcDevice;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A backend on the one CPU that is always there. */
abstract class CpuProvider implements CtcBackendProvider {
    private static final String DEVICE_ID = "0";

    private final String name;
    private final int rank;

    CpuProvider(String name, int rank) {
        this.name = name;
        this.rank = rank;
    }

    abstract CtcBackend open();

    @Override
    public String name() {
        return name;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    public List<CtcDevice> devices() {
        try (CtcBackend backend = open()) {
            return List.of(new CtcDevice(DEVICE_ID, System.getProperty("os.arch"), backend.device()));
        }
    }

    @Override
    public CtcBackend open(@Nullable String device) {
        if (device != null && !device.equals(DEVICE_ID)) {
            throw new BackendUnavailableException(
                    "device %s: backend %s has only device %s".formatted(device, name, DEVICE_ID));
        }
        return open();
    }
}
