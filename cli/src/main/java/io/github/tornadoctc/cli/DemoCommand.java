package io.github.tornadoctc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.compare.BackendComparison;
import io.github.tornadoctc.compare.Comparison;
import io.github.tornadoctc.compare.Deviation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what the library does, on data that comes with it. */
@Command(
        name = "demo",
        description = "Computes the CTC loss of text lines that a text recogniser has read, and compares loss and"
                + " gradient with the double reference. Ends with exit code 1 if they are too far off.")
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private BackendOptions backendOptions;

    @Mixin
    private ThresholdOptions thresholdOptions;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        DemoBatch demo = DemoBatch.load();
        BackendComparison comparison;
        try (CtcBackend backend = backendOptions.open();
                ProgressLine progress = ProgressLine.start("demo", Comparison.steps(demo.batch(), List.of(backend)))) {
            CtcOptions options = CtcOptions.defaults().withScores(Scores.LOG_PROBS);
            comparison = Comparison.of(demo.batch(), options, List.of(backend), progress)
                    .get(0);
        }
        List<String> failures = comparison.overall().beyond(thresholdOptions.thresholds());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            printJson(out, demo, comparison, failures);
        } else {
            printTable(out, demo, comparison);
        }
        PrintWriter err = spec.commandLine().getErr();
        failures.forEach(failure -> err.printf("ctc: %s: %s%n", comparison.backend(), failure));
        return failures.isEmpty() ? ExitCode.DONE : ExitCode.COMPARISON_FAILED;
    }

    private static void printTable(PrintWriter out, DemoBatch demo, BackendComparison comparison) {
        Table table = new Table()
                .right("T")
                .right("U")
                .right("loss")
                .right("per symbol")
                .right("gradient error")
                .left("text");
        CtcBatch batch = demo.batch();
        for (int b = 0; b < batch.batchSize(); b++) {
            Deviation deviation = comparison.result().utterances().get(b);
            double loss = deviation.loss().actual();
            table.row(
                    batch.inputLength(b),
                    batch.targetLength(b),
                    Numbers.loss(loss),
                    Numbers.loss(loss / Math.max(batch.targetLength(b), 1)),
                    Numbers.error(deviation.gradient().error()),
                    demo.texts().get(b));
        }
        table.print(out);
        out.printf(
                "%nlosses and gradient of %d lines, V=%d, in %s ms on %s (%s)%n",
                batch.batchSize(),
                batch.symbols(),
                Numbers.milliseconds(comparison.milliseconds()),
                comparison.backend(),
                comparison.device());
    }

    private static void printJson(
            PrintWriter out, DemoBatch demo, BackendComparison comparison, List<String> failures) {
        Json.print(out, json -> {
            json.writeBooleanField("passed", failures.isEmpty());
            json.writeStringField("backend", comparison.backend());
            json.writeStringField("device", comparison.device());
            Json.numberField(json, "milliseconds", comparison.milliseconds());
            json.writeArrayFieldStart("lines");
            for (int b = 0; b < demo.texts().size(); b++) {
                writeLine(json, demo, b, comparison.result().utterances().get(b));
            }
            json.writeEndArray();
            Json.stringsField(json, "failures", failures);
        });
    }

    private static void writeLine(JsonGenerator json, DemoBatch demo, int b, Deviation deviation) throws IOException {
        CtcBatch batch = demo.batch();
        double loss = deviation.loss().actual();
        json.writeStartObject();
        json.writeStringField("text", demo.texts().get(b));
        json.writeNumberField("timeSteps", batch.inputLength(b));
        json.writeNumberField("targetLength", batch.targetLength(b));
        Json.numberField(json, "loss", loss);
        Json.numberField(json, "lossPerSymbol", loss / Math.max(batch.targetLength(b), 1));
        Json.numberField(json, "maxGradientError", deviation.gradient().error());
        json.writeEndObject();
    }
}
