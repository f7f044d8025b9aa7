package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
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
            description = "auto, cpu, reference, tornado or emulator; auto is tornado if it has a device, else cpu"
                    + " (default: auto).")
    private String backend = "auto";

    @Option(
            names = "--device",
            paramLabel = "I:J",
            description = "Device of the backend, as the command devices lists them (default: its first).")
    private @Nullable String device;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    CtcBackend open() {
        try {
            return CtcBackends.open(backend, device);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
