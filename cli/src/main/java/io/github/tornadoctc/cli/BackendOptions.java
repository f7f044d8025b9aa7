package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcConfiguration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which backend and device to compute on. */
final class BackendOptions {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            converter = Choices.OfBackend.class,
            description = "auto, cpu, reference, tornado or emulator; auto is whichever is estimated to take less"
                    + " (default: auto).")
    private String backend = "auto";

    @Option(
            names = "--device",
            paramLabel = "I:J",
            description = "Device of the backend, as the command devices lists them (default: its first).")
    private @Nullable String device;

    @Option(
            names = "--max-device-memory",
            paramLabel = "BYTES",
            description = "Device memory to use at most, such as 512MB; a batch that needs more is computed in parts"
                    + " (default: all there is).")
    private @Nullable String maxDeviceMemory;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    CtcBackend open() {
        try {
            CtcConfiguration configuration = CtcConfiguration.defaults().withDevice(device);
            if (maxDeviceMemory != null) {
                configuration = configuration.withMaxDeviceMemory(
                        CtcConfiguration.parseBytes("--max-device-memory", maxDeviceMemory));
            }
            return CtcBackends.open(backend, configuration);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
