package io.github.tornadoctc.cli;

import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.kernels.profile.LossProfiler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A backend that has plans and kernels to look at, and what tells of them. */
record ProfiledBackend(CtcBackend backend, LossProfiler profiler) implements AutoCloseable {

    /**
     * Opens a backend that runs on a device.
     *
     * @param command where name and device were given
     * @throws ParameterException if it does not run on a device, or a device is of no backend
     * @throws BackendUnavailableException if it cannot be used here
     */
    static ProfiledBackend open(CommandSpec command, String name, @Nullable String device) {
        CtcBackend backend;
        try {
            backend = CtcBackends.open(name, CtcConfiguration.defaults().withDevice(device));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
        Optional<LossProfiler> profiler = backend.operation(LossProfiler.class);
        if (profiler.isEmpty()) {
            backend.close();
            throw new ParameterException(
                    command.commandLine(),
                    "--backend %s runs no kernels on a device, which is what is looked at; tornado and emulator do"
                            .formatted(name));
        }
        return new ProfiledBackend(backend, profiler.get());
    }

    @Override
    public void close() {
        backend.close();
    }
}
