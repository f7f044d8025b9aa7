package io.github.tornadoctc.cli;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.kernels.profile.LossProfiler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A backend that has plans and kernels to look at, and what tells of them. */
record ProfiledBackend(CtcBackend backend, LossProfiler profiler) implements AutoCloseable {

    /**
     * Opens a backend that runs on a device.
     *
     * @throws BackendUnavailableException if it cannot be used here, or does not run on a device
     */
    static ProfiledBackend open(String name, @Nullable String device) {
        CtcBackend backend = CtcBackends.open(name, CtcConfiguration.defaults().withDevice(device));
        Optional<LossProfiler> profiler = backend.operation(LossProfiler.class);
        if (profiler.isEmpty()) {
            backend.close();
            throw new BackendUnavailableException(
                    "backend %s runs no kernels on a device, so there is nothing to profile; tornado and emulator do"
                            .formatted(backend.name()));
        }
        return new ProfiledBackend(backend, profiler.get());
    }

    @Override
    public void close() {
        backend.close();
    }
}
