package io.github.tornadoctc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists backends and devices. */
@Command(name = "devices", description = "Lists every backend and its devices, and why one cannot be used; best first.")
final class DevicesCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Backend> backends =
                CtcBackends.providers().stream().map(Backend::of).toList();
        if (json) {
            printJson(out, backends);
        } else {
            printTable(out, backends);
        }
        return ExitCode.DONE;
    }

    /** What a provider says of itself, asked once. */
    private record Backend(String name, boolean automatic, Optional<String> unavailable, List<CtcDevice> devices) {
        static Backend of(CtcBackendProvider provider) {
            Optional<String> unavailable = provider.unavailable();
            return new Backend(
                    provider.name(),
                    provider.rank() >= 0,
                    unavailable,
                    unavailable.isPresent() ? List.of() : provider.devices());
        }
    }

    private static void printTable(PrintWriter out, List<Backend> backends) {
        Table table =
                new Table().left("backend").left("device").keys().left("name").left("detail");
        for (Backend backend : backends) {
            backend.unavailable.ifPresent(reason -> table.row(backend.name, "-", "-", "cannot be used: " + reason));
            for (CtcDevice device : backend.devices) {
                table.row(backend.name, device.id(), device.name(), device.detail());
            }
        }
        table.print(out);
    }

    private static void printJson(PrintWriter out, List<Backend> backends) {
        Json.print(out, json -> {
            json.writeArrayFieldStart("backends");
            for (Backend backend : backends) {
                json.writeStartObject();
                json.writeStringField("name", backend.name);
                json.writeBooleanField("automatic", backend.automatic);
                json.writeBooleanField("usable", backend.unavailable.isEmpty());
                if (backend.unavailable.isPresent()) {
                    json.writeStringField("reason", backend.unavailable.get());
                }
                writeDevices(json, backend.devices);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void writeDevices(JsonGenerator json, List<CtcDevice> devices) throws IOException {
        json.writeArrayFieldStart("devices");
        for (CtcDevice device : devices) {
            json.writeStartObject();
            json.writeStringField("id", device.id());
            json.writeStringField("name", device.name());
            json.writeStringField("detail", device.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
