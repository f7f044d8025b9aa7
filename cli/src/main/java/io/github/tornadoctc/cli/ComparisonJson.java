package io.github.tornadoctc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.compare.BackendComparison;
import io.github.tornadoctc.compare.ComparisonRun;
import io.github.tornadoctc.compare.Deviation;
import io.github.tornadoctc.compare.InputComparison;
import io.github.tornadoctc.compare.Place;
import io.github.tornadoctc.compare.SkippedBackend;
import io.github.tornadoctc.compare.Sweep;
import io.github.tornadoctc.compare.Thresholds;
import io.github.tornadoctc.compare.Worst;
import java.io.IOException;

/** Writes what was compared as the fields of a JSON object. */
final class ComparisonJson {
    private final JsonGenerator json;
    private final Thresholds thresholds;

    private ComparisonJson(JsonGenerator json, Thresholds thresholds) {
        this.json = json;
        this.thresholds = thresholds;
    }

    static void write(JsonGenerator json, ComparisonRun run) throws IOException {
        new ComparisonJson(json, run.thresholds()).write(run);
    }

    private void write(ComparisonRun run) throws IOException {
        json.writeBooleanField("passed", run.failures().isEmpty());
        json.writeObjectFieldStart("thresholds");
        Json.numberField(json, "maxLossError", thresholds.lossError());
        Json.numberField(json, "maxGradientError", thresholds.gradientError());
        Json.numberField(json, "maxRowSumError", thresholds.rowSumError());
        json.writeEndObject();
        json.writeArrayFieldStart("inputs");
        for (InputComparison input : run.inputs()) {
            write(input);
        }
        json.writeEndArray();
        Sweep sweep = run.sweep();
        if (sweep != null) {
            write(sweep);
        }
        Json.stringsField(json, "failures", run.failures());
    }

    private void write(InputComparison input) throws IOException {
        json.writeStartObject();
        json.writeStringField("input", input.input().name());
        json.writeNumberField("timeSteps", input.input().timeSteps());
        json.writeNumberField("batchSize", input.input().batchSize());
        json.writeNumberField("symbols", input.input().symbols());
        json.writeNumberField("maxTargetLength", input.input().maxTargetLength());
        json.writeNumberField("longestTarget", input.longestTarget());
        json.writeObjectFieldStart("statuses");
        for (CtcStatus status : CtcStatus.values()) {
            json.writeNumberField(status.name(), input.comparison().statuses().getOrDefault(status, 0L));
        }
        json.writeEndObject();
        Json.numberField(
                json, "alphaBetaDisagreement", input.comparison().disagreement().error());
        json.writeArrayFieldStart("backends");
        for (BackendComparison backend : input.backends()) {
            write(backend);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("skipped");
        for (SkippedBackend left : input.skipped()) {
            json.writeStartObject();
            json.writeStringField("backend", left.backend());
            json.writeStringField("reason", left.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(BackendComparison backend) throws IOException {
        Deviation deviation = backend.overall();
        json.writeStartObject();
        json.writeStringField("backend", backend.backend());
        json.writeStringField("device", backend.device());
        Json.numberField(json, "maxLossError", deviation.loss().error());
        Json.numberField(json, "maxRelativeLossError", deviation.relativeLoss().error());
        Json.numberField(json, "maxLossUlps", deviation.lossUlps().error());
        Json.numberField(json, "maxGradientError", deviation.gradient().error());
        Json.numberField(json, "gradientErrorPercentile999", backend.result().gradientPercentile());
        Json.numberField(json, "gradientErrorRms", deviation.gradientRms().value());
        Json.numberField(json, "maxRowSumError", deviation.rowSum().error());
        json.writeBooleanField("statusesEqual", deviation.statuses().count() == 0);
        json.writeNumberField("strayGradients", deviation.strays().count());
        json.writeNumberField("runs", backend.runs());
        json.writeNumberField("runsThatDiffer", backend.differences().count());
        write("worstLoss", deviation.relativeLoss());
        write("worstGradient", deviation.gradient());
        write("worstRowSum", deviation.rowSum());
        Json.numberField(json, "milliseconds", backend.milliseconds());
        json.writeNumberField("discardedCalls", backend.timing().discarded());
        json.writeBooleanField("steady", backend.timing().steady());
        Json.stringsField(json, "failures", backend.beyond(thresholds));
        json.writeEndObject();
    }

    /** Where an error is largest, and both values; nothing if there is no error. */
    private void write(String field, Worst worst) throws IOException {
        if (!worst.isSomewhere()) {
            return;
        }
        Place at = worst.at();
        json.writeObjectFieldStart(field);
        json.writeNumberField("utterance", at.b());
        if (at.t() >= 0) {
            json.writeNumberField("frame", at.t());
        }
        if (at.v() >= 0) {
            json.writeNumberField("symbol", at.v());
        }
        Json.numberField(json, "value", worst.actual());
        Json.numberField(json, "reference", worst.expected());
        json.writeEndObject();
    }

    private void write(Sweep sweep) throws IOException {
        json.writeObjectFieldStart("sweep");
        json.writeStringField("size", sweep.size().name());
        json.writeNumberField("points", sweep.points().size());
        json.writeObjectFieldStart("gradientErrorExponents");
        for (String backend : sweep.backends()) {
            Json.numberField(json, backend, sweep.growth(backend, each -> each.overall()
                    .gradient()
                    .error()));
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
