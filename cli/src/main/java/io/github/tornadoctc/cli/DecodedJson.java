package io.github.tornadoctc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.decoding.BestPath;
import io.github.tornadoctc.decoding.Decoding;
import io.github.tornadoctc.decoding.Hypothesis;
import io.github.tornadoctc.decoding.Span;
import io.github.tornadoctc.decoding.errors.ErrorRates;
import java.io.IOException;
import java.io.PrintWriter;

/** What a batch says, as JSON. */
final class DecodedJson {
    private DecodedJson() {}

    static void print(PrintWriter out, DecodedBatch decoded, boolean compared) {
        Json.print(out, json -> {
            json.writeArrayFieldStart("utterances");
            for (BestPath path : decoded.paths()) {
                writePath(json, decoded, path);
            }
            for (Decoding decoding : decoded.decodings()) {
                writeDecoding(json, decoded, decoding);
            }
            json.writeEndArray();
            if (compared) {
                ErrorRates errors = decoded.errors();
                if (decoded.tokens() == null) {
                    ErrorTable.rateField(json, "labelErrorRate", errors.words());
                } else {
                    ErrorTable.rateField(json, "cer", errors.characters());
                    ErrorTable.rateField(json, "wer", errors.words());
                }
            }
        });
    }

    private static void writePath(JsonGenerator json, DecodedBatch decoded, BestPath path) throws IOException {
        beginUtterance(json, path.status());
        if (path.status() == CtcStatus.OK) {
            beginHypothesis(json, decoded, path.labels(), path.score());
            json.writeArrayFieldStart("spans");
            for (Span span : path.spans()) {
                writeSpan(json, decoded, span);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        endUtterance(json);
    }

    private static void writeSpan(JsonGenerator json, DecodedBatch decoded, Span span) throws IOException {
        json.writeStartObject();
        json.writeNumberField("symbol", span.symbol());
        if (decoded.tokens() != null) {
            json.writeStringField("token", decoded.tokens().token(span.symbol()));
        }
        json.writeNumberField("start", span.start());
        json.writeNumberField("end", span.end());
        Json.numberField(json, "score", span.score());
        Json.numberField(json, "confidence", span.confidence());
        json.writeEndObject();
    }

    private static void writeDecoding(JsonGenerator json, DecodedBatch decoded, Decoding decoding) throws IOException {
        beginUtterance(json, decoding.status());
        for (Hypothesis hypothesis : decoding.hypotheses()) {
            beginHypothesis(json, decoded, hypothesis.labels(), hypothesis.score());
            Json.numberField(json, "acousticScore", hypothesis.acousticScore());
            Json.numberField(json, "scorerScore", hypothesis.scorerScore());
            json.writeEndObject();
        }
        endUtterance(json);
    }

    private static void beginUtterance(JsonGenerator json, CtcStatus status) throws IOException {
        json.writeStartObject();
        json.writeStringField("status", status.name());
        json.writeArrayFieldStart("hypotheses");
    }

    private static void endUtterance(JsonGenerator json) throws IOException {
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void beginHypothesis(JsonGenerator json, DecodedBatch decoded, int[] labels, double score)
            throws IOException {
        json.writeStartObject();
        json.writeFieldName("symbols");
        json.writeArray(labels, 0, labels.length);
        Json.numberField(json, "score", score);
        if (decoded.tokens() != null) {
            json.writeStringField("text", decoded.text(labels));
        }
    }
}
