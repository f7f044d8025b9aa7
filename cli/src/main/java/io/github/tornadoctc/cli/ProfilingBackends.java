package io.github.tornadoctc.cli;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.kernels.profile.ProfilingBackend;
import org.jspecify.annotations.Nullable;

/** Opens what has plans and kernels to look at. */
final class ProfilingBackends {
    private ProfilingBackends() {}

    /**
     * Opens a backend that runs on a device.
     *
     * @throws BackendUnavailableException if it cannot be used here, or does not run on a device
     */
    static ProfilingBackend open(String name, @Nullable String device) {
        CtcBackend backend = CtcBackends.open(name, CtcConfiguration.defaults().withDevice(device));
        if (backend instanceof ProfilingBackend profiling) {
            return profiling;
        }
        backend.close();
        throw new BackendUnavailableException(
                "backend %s runs no kernels on a device, so there is nothing to profile; tornado and emulator do"
                        .formatted(backend.name()));
    }
}
