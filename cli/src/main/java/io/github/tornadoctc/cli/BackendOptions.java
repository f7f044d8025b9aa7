package io.github.tornadoctc.cli;

import io.github.tornadoctc.BatchTooLargeException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcConfiguration;
import java.util.function.Function;
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
            completionCandidates = Choices.Backends.class,
            description = "${COMPLETION-CANDIDATES}; auto is whichever is estimated to take less" + " (default: auto).")
    private String backend = Choices.AUTO;

    @Option(
            names = "--device",
            paramLabel = "I:J",
            converter = Choices.OfDevice.class,
            description = "Device of the backend, as the command devices lists them (default: its first).")
    private @Nullable String device;

    @Option(
            names = "--max-device-memory",
            paramLabel = "BYTES",
            converter = Choices.OfBytes.class,
            description = "Device memory to use at most, such as 512MB; a batch that needs more is computed in parts"
                    + " (default: all there is).")
    private @Nullable Long maxDeviceMemory;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * Has the backend compute.
     *
     * @throws BatchTooLargeException if the batch does not fit its device, naming a backend that would do
     */
    <T> T compute(Function<CtcBackend, T> computation) {
        try (CtcBackend opened = open()) {
            return computation.apply(opened);
        } catch (BatchTooLargeException e) {
            String other = Choices.otherThan(backend);
            throw new BatchTooLargeException("%s: %s%s"
                    .formatted(
                            backend,
                            e.getMessage(),
                            other.isEmpty() ? "" : "; --backend %s would do".formatted(other)));
        }
    }

    /** Opens the backend. */
    CtcBackend open() {
        if (device != null && backend.equals(Choices.AUTO)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--device %s is one of a backend, which needs to be named: --backend tornado".formatted(device));
        }
        try {
            CtcConfiguration configuration = CtcConfiguration.defaults().withDevice(device);
            if (maxDeviceMemory != null) {
                configuration = configuration.withMaxDeviceMemory(maxDeviceMemory);
            }
            return CtcBackends.open(backend, configuration);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
