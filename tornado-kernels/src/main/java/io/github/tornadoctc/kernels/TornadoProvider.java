package io.github.tornadoctc.kernels;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcCostModel;
import io.github.tornadoctc.CtcDevice;
import java.util.List;
import java.util.Optional;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Offers {@link TornadoCtcBackend} on the devices of an installed TornadoVM. */
public final class TornadoProvider implements CtcBackendProvider {
    private static final String NAME = "tornado";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public Optional<CtcCostModel> costModel() {
        return Optional.of(new DeviceCostModel(this));
    }

    @Override
    public Optional<String> unavailable() {
        Optional<String> missing = TornadoVm.missing();
        if (missing.isPresent()) {
            return missing;
        }
        try {
            return TornadoVm.devices().isEmpty() ? Optional.of("TornadoVM finds no device") : Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<CtcDevice> devices() {
        return TornadoVm.missing().isPresent()
                ? List.of()
                : TornadoVm.devices().stream().map(TornadoProvider::describe).toList();
    }

    static CtcDevice describe(TornadoVm.Place place) {
        TornadoDevice device = place.device();
        DeviceLimits limits = DeviceLimits.of(device, CtcConfiguration.defaults());
        return new CtcDevice(
                place.id(),
                limits.description(),
                "%s, %d MiB of memory to use, groups of at most %d work-items; %s"
                        .formatted(
                                device.getDeviceType(),
                                limits.memory() >> 20,
                                limits.maxGroupSize(),
                                SdkVersion.describe(SdkVersion.installed())));
    }

    @Override
    public CtcBackend open(CtcConfiguration configuration) {
        unavailable().ifPresent(reason -> {
            throw new BackendUnavailableException("backend %s cannot be used here: %s".formatted(NAME, reason));
        });
        List<TornadoVm.Place> places = TornadoVm.devices();
        String id = configuration.device() == null ? places.getFirst().id() : configuration.device();
        TornadoDevice device = places.stream()
                .filter(place -> place.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new BackendUnavailableException("device %s: TornadoVM has only %s"
                        .formatted(id, places.stream().map(TornadoVm.Place::id).toList())))
                .device();
        return open(NAME, device, configuration);
    }

    /**
     * Opens a backend on the first device of whatever TornadoVM API the kernels were loaded with, installed or not; for
     * the backend that runs them on an emulator of that API.
     *
     * @param name the name that the backend gets
     */
    public static CtcBackend openFirstDevice(String name, CtcConfiguration configuration) {
        TornadoDevice device = TornadoVm.devices().getFirst().device();
        return open(name, device, configuration);
    }

    private static CtcBackend open(String name, TornadoDevice device, CtcConfiguration configuration) {
        return new TornadoCtcBackend(
                name, device, DeviceLimits.of(device, configuration), Streams.of(device, configuration));
    }
}
