package io.github.tornadoctc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.tornadoctc.CtcShape;
import io.github.tornadoctc.compare.BackendComparison;
import io.github.tornadoctc.compare.Deviation;
import io.github.tornadoctc.compare.Thresholds;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/**
 * What came of comparing backends on one input, to be printed.
 *
 * @param input the input's name and sizes
 */
record ComparedInput(
        CtcShape input, List<BackendComparison> backends, List<SkippedBackend> skipped, Thresholds thresholds) {

    /** What broke the thresholds: input, backend, and where; empty if nothing did. */
    List<String> failures() {
        return backends.stream()
                .flatMap(backend -> backend.overall().beyond(thresholds).stream()
                        .map(failure -> "%s: %s: %s".formatted(input.name(), backend.backend(), failure)))
                .toList();
    }

    void print(PrintWriter out) {
        out.printf(
                "%s  T=%d B=%d V=%d U=%d%n",
                input.name(), input.timeSteps(), input.batchSize(), input.symbols(), input.maxTargetLength());
        Table table = new Table()
                .left("backend")
                .right("loss error")
                .right("relative")
                .right("gradient error")
                .left("statuses")
                .right("ms")
                .left("verdict")
                .left("device");
        for (BackendComparison backend : backends) {
            Deviation deviation = backend.overall();
            long differing = deviation.statuses().count();
            table.row(
                    backend.backend(),
                    Numbers.error(deviation.loss().error()),
                    Numbers.error(deviation.relativeLoss().error()),
                    Numbers.error(deviation.gradient().error()),
                    differing == 0 ? "equal" : differing + " differ",
                    Numbers.milliseconds(backend.milliseconds()),
                    deviation.beyond(thresholds).isEmpty() ? "ok" : "FAILED",
                    backend.device());
        }
        table.print(out);
        skipped.forEach(left -> out.printf("%s left out: %s%n", left.backend(), left.reason()));
        out.println();
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("input", input.name());
        json.writeNumberField("timeSteps", input.timeSteps());
        json.writeNumberField("batchSize", input.batchSize());
        json.writeNumberField("symbols", input.symbols());
        json.writeNumberField("maxTargetLength", input.maxTargetLength());
        json.writeArrayFieldStart("backends");
        for (BackendComparison backend : backends) {
            write(json, backend);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("skipped");
        for (SkippedBackend left : skipped) {
            json.writeStartObject();
            json.writeStringField("backend", left.backend());
            json.writeStringField("reason", left.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(JsonGenerator json, BackendComparison backend) throws IOException {
        Deviation deviation = backend.overall();
        json.writeStartObject();
        json.writeStringField("backend", backend.backend());
        json.writeStringField("device", backend.device());
        Json.numberField(json, "maxLossError", deviation.loss().error());
        Json.numberField(json, "maxRelativeLossError", deviation.relativeLoss().error());
        Json.numberField(json, "maxGradientError", deviation.gradient().error());
        json.writeBooleanField("statusesEqual", deviation.statuses().count() == 0);
        json.writeNumberField("strayGradients", deviation.strays().count());
        Json.numberField(json, "milliseconds", backend.milliseconds());
        Json.stringsField(json, "failures", deviation.beyond(thresholds));
        json.writeEndObject();
    }
}
