package io.github.tornadoctc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows that a compiled plan serves every shape it has room for, and that nothing grows. */
@Command(
        name = "soak",
        description = "Runs batches of random shapes through plans compiled for the largest, and counts compilations"
                + " and looks at memory. Ends with exit code 1 if there are any, or if memory goes on growing. Then measures what a call costs"
                + " beyond the device's own time.")
final class SoakCommand implements Callable<Integer> {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            converter = Choices.OfBackend.class,
            description = "tornado or emulator (default: tornado).")
    private String backend = "tornado";

    @Option(
            names = "--device",
            paramLabel = "I:J",
            converter = Choices.OfDevice.class,
            description = "Device of the backend, as the command devices lists them (default: its first).")
    private @Nullable String device;

    @Option(names = "--batches", paramLabel = "N", description = "Batches of random shapes (default: 200).")
    private int batches = 200;

    @Option(
            names = "--max-overhead",
            paramLabel = "MS",
            converter = Choices.OfThreshold.class,
            description = "Also fail if a call with T=20, B=1 costs more milliseconds than this beyond the device's"
                    + " own time (default: print it only).")
    private double maxOverhead = Double.POSITIVE_INFINITY;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (batches < 1) {
            throw new ParameterException(spec.commandLine(), "--batches %d is less than 1".formatted(batches));
        }
        Counters counters;
        String deviceName;
        try (ProfiledBackend opened = ProfiledBackend.open(spec, backend, device);
                ProgressLine progress = ProgressLine.start("soak", Soak.steps(batches))) {
            deviceName = opened.backend().device();
            counters = Soak.of(opened, batches, progress::step);
        }
        Soak.Overhead overhead;
        try (ProfiledBackend opened = ProfiledBackend.open(spec, backend, device)) {
            overhead = Soak.overhead(opened);
        }
        List<String> failures = new ArrayList<>(counters.failures());
        if (overhead.milliseconds() > maxOverhead) {
            failures.add("a call costs %s ms beyond the device's time, more than %s"
                    .formatted(Numbers.digits(overhead.milliseconds()), maxOverhead));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, object -> write(object, deviceName, counters, overhead, failures));
        } else {
            print(out, deviceName, counters, overhead);
        }
        PrintWriter err = spec.commandLine().getErr();
        failures.forEach(failure -> err.println("ctc: " + failure));
        return failures.isEmpty() ? ExitCode.DONE : ExitCode.COMPARISON_FAILED;
    }

    private void print(PrintWriter out, String deviceName, Counters counters, Soak.Overhead overhead) {
        out.printf(
                "%d batches of random shapes, up to T=%d B=%d V=%d U=%d, on %s: %s%n%n",
                counters.batches(),
                Soak.LARGEST.timeSteps(),
                Soak.LARGEST.batchSize(),
                Soak.LARGEST.symbols(),
                Soak.LARGEST.maxTargetLength(),
                backend,
                deviceName);
        Table table = new Table().left("counter").right("before").right("after").right("growth");
        int compiled = counters.compiledAtFirst();
        growth(table, "kernels compiled", compiled, compiled + counters.compiled());
        growth(table, "plans made", Soak.PLANS, Soak.PLANS + counters.plans());
        Memory before = counters.before();
        Memory after = counters.after();
        growth(table, "Java heap, bytes", before.heap(), after.heap());
        growth(table, "process, bytes", before.resident(), after.resident());
        growth(table, "device, bytes", before.device(), after.device());
        table.print(out);
        out.printf(
                "memory in pass %d over the batches, at its first look and at its last; what settles may have grown, what goes"
                        + " on growing fails%n",
                counters.passes());
        out.printf(
                "%na call with T=20, B=1: %s ms (quartiles %s-%s), of which the device %s ms; beyond it %s ms%n",
                Numbers.digits(overhead.wall().median()),
                Numbers.digits(overhead.wall().lower()),
                Numbers.digits(overhead.wall().upper()),
                Numbers.digits(overhead.device().median()),
                Numbers.digits(overhead.milliseconds()));
    }

    private static void growth(Table table, String counter, long before, long after) {
        table.row(counter, before, after, after - before);
    }

    private void write(
            JsonGenerator object, String deviceName, Counters counters, Soak.Overhead overhead, List<String> failures)
            throws IOException {
        object.writeStringField("backend", backend);
        object.writeStringField("device", deviceName);
        object.writeBooleanField("passed", failures.isEmpty());
        object.writeNumberField("batches", counters.batches());
        object.writeNumberField("kernelsCompiledAtFirst", counters.compiledAtFirst());
        object.writeNumberField("kernelsCompiled", counters.compiled());
        object.writeNumberField("plansMade", counters.plans());
        object.writeNumberField("passes", counters.passes());
        write(object, "before", counters.before());
        write(object, "after", counters.after());
        object.writeArrayFieldStart("residentBytes");
        for (Memory look : counters.looks()) {
            object.writeNumber(look.resident());
        }
        object.writeEndArray();
        object.writeNumberField("heapTolerance", Counters.HEAP_TOLERANCE);
        object.writeNumberField("residentTolerance", Counters.RESIDENT_TOLERANCE);
        Json.numberField(object, "wallMilliseconds", overhead.wall().median());
        Json.numberField(object, "wallLowerQuartile", overhead.wall().lower());
        Json.numberField(object, "wallUpperQuartile", overhead.wall().upper());
        Json.numberField(object, "deviceMilliseconds", overhead.device().median());
        Json.numberField(object, "overheadMilliseconds", overhead.milliseconds());
        Json.stringsField(object, "failures", failures);
    }

    private static void write(JsonGenerator object, String field, Memory memory) throws IOException {
        object.writeObjectFieldStart(field);
        object.writeNumberField("heapBytes", memory.heap());
        object.writeNumberField("residentBytes", memory.resident());
        object.writeNumberField("deviceBytes", memory.device());
        object.writeEndObject();
    }
}
