package io.github.tornadoctc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.explain.Obstacle;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * The losses of a batch, to be printed.
 *
 * @param backend what they were computed on
 * @param device its device, in words
 */
record LossReport(String backend, String device, Reduction reduction, CtcBatch batch, CtcResult result) {
    /** Utterances without a finite loss that a table tells the reasons of; JSON has those of all. */
    private static final int LISTED = 10;

    void print(PrintWriter out) {
        Table table = new Table()
                .right("utterance")
                .right("T")
                .right("U")
                .right("loss")
                .left("status");
        for (int b = 0; b < batch.batchSize(); b++) {
            table.row(b, batch.inputLength(b), batch.targetLength(b), Numbers.loss(result.loss(b)), result.status(b));
        }
        table.print(out);
        printObstacles(out);
        String name = reduction == Reduction.NONE ? "sum" : name(reduction);
        out.printf("%n%s %s  (%s: %s)%n", name, Numbers.loss(result.reduced()), backend, device);
    }

    private void printObstacles(PrintWriter out) {
        int listed = 0;
        int left = 0;
        for (int b = 0; b < batch.batchSize(); b++) {
            if (result.status(b) == CtcStatus.OK) {
                continue;
            }
            if (listed == LISTED) {
                left++;
                continue;
            }
            Optional<Obstacle> obstacle = Obstacle.of(batch, b, result.status(b));
            out.printf(
                    "%sutterance %d %s%n",
                    listed == 0 ? "%n".formatted() : "",
                    b,
                    obstacle.orElseThrow().text());
            listed++;
        }
        if (left > 0) {
            out.printf("and %d more without a finite loss, which --json tells of%n", left);
        }
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStringField("backend", backend);
        json.writeStringField("device", device);
        json.writeStringField("reduction", name(reduction));
        Json.numberField(json, "reduced", result.reduced());
        json.writeArrayFieldStart("losses");
        for (double loss : result.losses()) {
            Json.number(json, loss);
        }
        json.writeEndArray();
        Json.stringsField(
                json,
                "statuses",
                result.statuses().stream().map(CtcStatus::name).toList());
        integers(json, "inputLengths", batch::inputLength);
        integers(json, "targetLengths", batch::targetLength);
        json.writeArrayFieldStart("obstacles");
        List<CtcStatus> statuses = result.statuses();
        for (int b = 0; b < statuses.size(); b++) {
            Optional<Obstacle> obstacle = Obstacle.of(batch, b, statuses.get(b));
            if (obstacle.isPresent()) {
                write(json, b, obstacle.get());
            }
        }
        json.writeEndArray();
    }

    private void integers(JsonGenerator json, String field, IntUnaryOperator values) throws IOException {
        json.writeArrayFieldStart(field);
        for (int b = 0; b < batch.batchSize(); b++) {
            json.writeNumber(values.applyAsInt(b));
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, int b, Obstacle obstacle) throws IOException {
        json.writeStartObject();
        json.writeNumberField("utterance", b);
        json.writeStringField("text", obstacle.text());
        numberIfKnown(json, "framesNeeded", obstacle.framesNeeded());
        numberIfKnown(json, "frame", obstacle.frame());
        numberIfKnown(json, "symbol", obstacle.symbol());
        json.writeEndObject();
    }

    private static void numberIfKnown(JsonGenerator json, String field, int value) throws IOException {
        if (value >= 0) {
            json.writeNumberField(field, value);
        }
    }

    private static String name(Reduction reduction) {
        return reduction.name().toLowerCase(Locale.ROOT);
    }
}
