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
 */
record ProfileReport(String backend, String device, double copyBandwidth, List<ShapeProfile> profiles) {

    void print(PrintWriter out) {
        out.printf(
                "%s: %s; a kernel that copies reaches %s GB/s there, bytes read and written%n",
                backend, device, Numbers.digits(copyBandwidth));
        for (ShapeProfile profile : profiles) {
            print(out, profile);
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
        table.row("call", Numbers.digits(profile.wall().median()), "-", "-", "-", "-", "-", "-");
        table.row("beyond device", Numbers.digits(profile.overheadMilliseconds()), "-", "-", "-", "-", "-", "-");
        table.row("resident call", Numbers.digits(profile.resident().median()), "-", "-", "-", "-", "-", "-");
        table.row("its kernels", Numbers.digits(profile.kernelMilliseconds()), "-", "-", "-", "-", "-", "-");
        table.print(out);
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStringField("backend", backend);
        json.writeStringField("device", device);
        Json.numberField(json, "copyGigabytesPerSecond", copyBandwidth);
        json.writeArrayFieldStart("profiles");
        for (ShapeProfile profile : profiles) {
            json.writeStartObject();
            json.writeStringField("shape", profile.shape().name());
            json.writeStringField("mode", profile.mode().toString());
            Json.numberField(json, "callMilliseconds", profile.wall().median());
            json.writeNumberField("calls", profile.wall().count());
            Json.numberField(json, "residentMilliseconds", profile.resident().median());
            Json.numberField(json, "residentLowerQuartile", profile.resident().lower());
            Json.numberField(json, "residentUpperQuartile", profile.resident().upper());
            json.writeNumberField("residentCalls", profile.resident().count());
            Json.numberField(json, "kernelMilliseconds", profile.kernelMilliseconds());
            Json.numberField(json, "deviceMilliseconds", profile.deviceMilliseconds());
            json.writeNumberField("profiledCalls", profile.calls());
            Json.numberField(json, "overheadMilliseconds", profile.overheadMilliseconds());
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
