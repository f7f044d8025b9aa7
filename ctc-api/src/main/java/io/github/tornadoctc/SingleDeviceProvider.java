package io.github.tornadoctc;

import java.util.List;
import java.util.Optional;

/** Offers a backend that can always be used and has one device, such as the CPU. */
public abstract class SingleDeviceProvider implements CtcBackendProvider {
    private final String name;
    private final int rank;
    private final String deviceId;

    /** A provider of the backend with that name, rank and device. */
    protected SingleDeviceProvider(String name, int rank, String deviceId) {
        this.name = name;
        this.rank = rank;
        this.deviceId = deviceId;
    }

    /** The device, described; its id is the one given to the constructor. */
    protected abstract CtcDevice device(String id);

    /** Opens the backend, on its only device. */
    protected abstract CtcBackend openDevice(CtcConfiguration configuration);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int rank() {
        return rank;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    public final List<CtcDevice> devices() {
        return List.of(device(deviceId));
    }

    @Override
    public final CtcBackend open(CtcConfiguration configuration) {
        String device = configuration.device();
        if (device != null && !device.equals(deviceId)) {
            throw new BackendUnavailableException(
                    "device %s: backend %s has only device %s".formatted(device, name, deviceId));
        }
        return openDevice(configuration);
    }
}
