package io.github.tornadoctc.cpu;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcDevice;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Offers {@link VectorCtc}, the one to take where there is no accelerator. */
public final class VectorProvider implements CtcBackendProvider {
    private static final String NAME = "cpu";
    private static final String DEVICE_ID = "0";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    public List<CtcDevice> devices() {
        try (VectorCtc backend = new VectorCtc()) {
            return List.of(new CtcDevice(DEVICE_ID, System.getProperty("os.arch"), backend.device()));
        }
    }

    @Override
    public CtcBackend open(@Nullable String device) {
        if (device != null && !device.equals(DEVICE_ID)) {
            throw new BackendUnavailableException(
                    "device %s: backend %s has only device %s".formatted(device, NAME, DEVICE_ID));
        }
        return new VectorCtc();
    }
}
