package io.github.tornadoctc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.tornadoctc.shapes.CtcShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/**
 * Where the time of one backend goes, to be printed.
 *
 * @param copyBandwidth of the device's own memory, measured in the same run, in gigabytes a second
 * @param scale what logits were multiplied by
 */
record ProfileReport(String backend, String device, double copyBandwidth, double scale, List<ShapeProfile> profiles) {

    void print(PrintWriter out) {
        out.printf(
                "%s: %s; a kernel that copies reaches %s GB/s there, bytes read and written%n",
                backend, device, Numbers.digits(copyBandwidth));
        if (scale != 1) {
            out.printf("logits multiplied by %s%n", Numbers.digits(scale));
        }
        for (ShapeProfile profile : profiles) {
            print(out, profile);
        }
        if (profiles.stream().anyMatch(profile -> !profile.copyOutReported())) {
            out.printf(
                    "%ncopy out: by the wall clock of reading the same once more, for TornadoVM's profiler tells of no"
                            + " copy%nfrom this backend's devices.%n");
        }
        out.printf("%nMB, GB/s: what a kernel has to read and write, each element once; copies to and from the%n"
                + "host move whole buffers.%n"
                + "ns/step: of the recursion's frames, one after the other in the longest utterance.%n"
                + "Kernels and copies by TornadoVM's profiler, the call by the wall clock without it.%n"
                + "resident call: with scores and gradient left on the device, by the wall clock.%n");
    }

    private void print(PrintWriter out, ShapeProfile profile) {
        CtcShape shape = profile.shape();
        out.printf(
                "%n%s %s  T=%d B=%d V=%d U=%d%n",
                shape.name(),
                profile.mode(),
                shape.timeSteps(),
                shape.batchSize(),
                shape.symbols(),
                shape.maxTargetLength());
        Table table = new Table()
                .left("")
                .right("ms")
                .right("share")
                .right("MB")
                .right("GB/s")
                .right("of copy")
                .right("steps")
                .right("ns/step");
        for (ShapeProfile.Work work : profile.all()) {
            table.row(
                    work.name(),
                    Numbers.digits(work.milliseconds()),
                    Numbers.percent(work.milliseconds() / profile.deviceMilliseconds()),
                    Numbers.digits(work.bytes() / 1e6),
                    Numbers.digits(work.gigabytesPerSecond()),
                    work.kernel() ? Numbers.percent(work.gigabytesPerSecond() / copyBandwidth) : "-",
                    work.steps() == 0 ? "-" : work.steps(),
                    work.steps() == 0 ? "-" : Numbers.digits(work.nanosecondsPerStep()));
        }
        table.row("device", Numbers.digits(profile.deviceMilliseconds()), "100%", "-", "-", "-", "-", "-");
        table.row("call", Numbers.digits(profile.wall().milliseconds().median()), "-", "-", "-", "-", "-", "-");
        table.row("beyond device", Numbers.digits(profile.overheadMilliseconds()), "-", "-", "-", "-", "-", "-");
        table.row(
                "resident call",
                Numbers.digits(profile.resident().milliseconds().median()),
                "-",
                "-",
                "-",
                "-",
                "-",
                "-");
        table.row("its kernels", Numbers.digits(profile.kernelMilliseconds()), "-", "-", "-", "-", "-", "-");
        table.print(out);
        out.printf(
                "calls discarded before those that count: %s; of the resident call: %s%n",
                profile.wall(), profile.resident());
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStringField("backend", backend);
        json.writeStringField("device", device);
        Json.numberField(json, "copyGigabytesPerSecond", copyBandwidth);
        Json.numberField(json, "scale", scale);
        json.writeArrayFieldStart("profiles");
        for (ShapeProfile profile : profiles) {
            json.writeStartObject();
            json.writeStringField("shape", profile.shape().name());
            json.writeStringField("mode", profile.mode().toString());
            Json.numberField(
                    json, "callMilliseconds", profile.wall().milliseconds().median());
            json.writeNumberField("calls", profile.wall().milliseconds().count());
            Json.numberField(
                    json,
                    "residentMilliseconds",
                    profile.resident().milliseconds().median());
            Json.numberField(
                    json,
                    "residentLowerQuartile",
                    profile.resident().milliseconds().lower());
            Json.numberField(
                    json,
                    "residentUpperQuartile",
                    profile.resident().milliseconds().upper());
            json.writeNumberField("discardedCalls", profile.wall().discarded());
            json.writeBooleanField("steady", profile.wall().steady());
            json.writeNumberField("residentDiscardedCalls", profile.resident().discarded());
            json.writeBooleanField("residentSteady", profile.resident().steady());
            json.writeNumberField(
                    "residentCalls", profile.resident().milliseconds().count());
            Json.numberField(json, "kernelMilliseconds", profile.kernelMilliseconds());
            Json.numberField(json, "deviceMilliseconds", profile.deviceMilliseconds());
            json.writeNumberField("profiledCalls", profile.calls());
            Json.numberField(json, "overheadMilliseconds", profile.overheadMilliseconds());
            json.writeBooleanField("copyOutReported", profile.copyOutReported());
            json.writeArrayFieldStart("works");
            for (ShapeProfile.Work work : profile.all()) {
                write(json, work);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void write(JsonGenerator json, ShapeProfile.Work work) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", work.name());
        Json.numberField(json, "milliseconds", work.milliseconds());
        json.writeNumberField("bytes", work.bytes());
        Json.numberField(json, "gigabytesPerSecond", work.gigabytesPerSecond());
        if (work.kernel()) {
            Json.numberField(json, "fractionOfCopy", work.gigabytesPerSecond() / copyBandwidth);
        }
        if (work.steps() > 0) {
            json.writeNumberField("steps", work.steps());
            Json.numberField(json, "nanosecondsPerStep", work.nanosecondsPerStep());
        }
        json.writeEndObject();
    }
}
