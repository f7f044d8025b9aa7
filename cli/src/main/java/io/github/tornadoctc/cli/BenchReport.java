package io.github.tornadoctc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.measure.Benchmark;
import io.github.tornadoctc.measure.Throughput;
import io.github.tornadoctc.shapes.CtcShape;
import io.github.tornadoctc.timing.Quartiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * What came of timing backends, to be printed.
 *
 * @param copyBandwidth measured in the same run, in gigabytes a second
 * @param scale what logits were multiplied by
 * @param layout of the batches
 * @param lent whether scores and gradients were in memory that the backends had lent
 * @param plots the files that were written
 */
record BenchReport(
        double copyBandwidth,
        double scale,
        Layout layout,
        boolean lent,
        List<Benchmark.Outcome> outcomes,
        List<Path> plots) {

    void print(PrintWriter out) {
        Table table = new Table()
                .left("shape")
                .left("backend")
                .left("mode")
                .keys()
                .right("ms")
                .right("quartiles")
                .right("calls")
                .right("discarded")
                .right("utterances/s")
                .right("frames/s")
                .right("GB/s")
                .right("of copy");
        for (Benchmark.Outcome outcome : outcomes) {
            outcome.measured().forEach(measured -> row(table, measured));
        }
        table.print(out);
        out.println();
        if (scale != 1) {
            out.printf("logits multiplied by %s%n", Numbers.digits(scale));
        }
        if (layout == Layout.BATCH_MAJOR) {
            out.printf("logits laid out [B][T][V]%n");
        }
        if (lent) {
            out.printf("scores and gradients in memory that the backend has lent%n");
        }
        for (Benchmark.Outcome outcome : outcomes) {
            CtcShape shape = outcome.shape();
            out.printf(
                    "%s: T=%d B=%d V=%d U=%d, %d of %d utterances checked against the reference%n",
                    shape.name(),
                    shape.timeSteps(),
                    shape.batchSize(),
                    shape.symbols(),
                    shape.maxTargetLength(),
                    outcome.checkedUtterances(),
                    shape.batchSize());
        }
        out.printf(
                "discarded: calls before those that count, which took less and less, or compiled.%n"
                        + "GB/s: logits read once, in a step gradients written once, inside utterances.%n"
                        + "copy: %s GB/s, memory to memory on all processors, bytes read and written.%n",
                Numbers.digits(copyBandwidth));
        plots.forEach(out::println);
    }

    private void row(Table table, Throughput measured) {
        Quartiles time = measured.milliseconds();
        table.row(
                measured.shape().name(),
                measured.backend(),
                measured.mode(),
                Numbers.digits(time.median()),
                Numbers.digits(time.lower()) + "-" + Numbers.digits(time.upper()),
                time.count(),
                measured.timing(),
                Numbers.digits(measured.utterancesPerSecond()),
                Numbers.digits(measured.framesPerSecond()),
                Numbers.digits(measured.logitGigabytesPerSecond()),
                Numbers.percent(measured.logitGigabytesPerSecond() / copyBandwidth));
    }

    void write(JsonGenerator json) throws IOException {
        Json.numberField(json, "copyGigabytesPerSecond", copyBandwidth);
        Json.numberField(json, "scale", scale);
        json.writeStringField("layout", layout == Layout.TIME_MAJOR ? "TBV" : "BTV");
        json.writeBooleanField("lent", lent);
        json.writeArrayFieldStart("results");
        for (Benchmark.Outcome outcome : outcomes) {
            for (Throughput measured : outcome.measured()) {
                json.writeStartObject();
                write(json, measured);
                json.writeNumberField("checkedUtterances", outcome.checkedUtterances());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        Json.stringsField(json, "plots", plots.stream().map(Path::toString).toList());
    }

    private void write(JsonGenerator json, Throughput measured) throws IOException {
        CtcShape shape = measured.shape();
        json.writeStringField("shape", shape.name());
        json.writeNumberField("T", shape.timeSteps());
        json.writeNumberField("B", shape.batchSize());
        json.writeNumberField("V", shape.symbols());
        json.writeNumberField("U", shape.maxTargetLength());
        json.writeStringField("backend", measured.backend());
        json.writeStringField("mode", measured.mode().toString());
        Json.numberField(json, "milliseconds", measured.milliseconds().median());
        Json.numberField(json, "lowerQuartile", measured.milliseconds().lower());
        Json.numberField(json, "upperQuartile", measured.milliseconds().upper());
        json.writeNumberField("calls", measured.milliseconds().count());
        json.writeNumberField("discardedCalls", measured.timing().discarded());
        json.writeBooleanField("steady", measured.timing().steady());
        Json.numberField(json, "utterancesPerSecond", measured.utterancesPerSecond());
        Json.numberField(json, "framesPerSecond", measured.framesPerSecond());
        Json.numberField(json, "logitGigabytesPerSecond", measured.logitGigabytesPerSecond());
        Json.numberField(json, "fractionOfCopy", measured.logitGigabytesPerSecond() / copyBandwidth);
    }
}
