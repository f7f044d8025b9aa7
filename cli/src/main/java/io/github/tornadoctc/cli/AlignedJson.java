package io.github.tornadoctc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.tornadoctc.AlignedSpan;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.align.Confidence;
import io.github.tornadoctc.align.TimedText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alignments as one JSON object. */
final class AlignedJson {
    private AlignedJson() {}

    static String text(AlignedBatch aligned, List<Integer> utterances, double frameSeconds) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        Json.print(out, json -> {
            json.writeArrayFieldStart("utterances");
            for (int b : utterances) {
                write(json, aligned, b, frameSeconds);
            }
            json.writeEndArray();
        });
        out.flush();
        return text.toString();
    }

    private static void write(JsonGenerator json, AlignedBatch aligned, int b, double frameSeconds) throws IOException {
        CtcAlignment alignment = aligned.alignments().get(b);
        Confidence confidence = aligned.confidences().get(b);
        json.writeStartObject();
        json.writeStringField("status", alignment.status().name());
        Json.numberField(json, "score", alignment.score());
        if (confidence != null) {
            Json.numberField(json, "confidence", confidence.ofUtterance());
        }
        json.writeFieldName("path");
        json.writeArray(alignment.path(), 0, alignment.frames());
        json.writeArrayFieldStart("spans");
        for (AlignedSpan span : alignment.spans()) {
            writeSpan(json, aligned, span, confidence);
        }
        json.writeEndArray();
        if (!Double.isNaN(frameSeconds) && aligned.tokens() != null) {
            json.writeArrayFieldStart("words");
            for (TimedText word : aligned.transcript(b, frameSeconds).words()) {
                writeWord(json, word);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeSpan(
            JsonGenerator json, AlignedBatch aligned, AlignedSpan span, @Nullable Confidence confidence)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("symbol", span.symbol());
        if (aligned.tokens() != null) {
            json.writeStringField("token", aligned.tokens().token(span.symbol()));
        }
        json.writeNumberField("start", span.start());
        json.writeNumberField("end", span.end());
        Json.numberField(json, "score", span.score());
        if (confidence != null) {
            Json.numberField(json, "confidence", confidence.ofLabel(span.label()));
        }
        json.writeEndObject();
    }

    /** Of words the times are in seconds. */
    private static void writeWord(JsonGenerator json, TimedText word) throws IOException {
        json.writeStartObject();
        json.writeStringField("word", word.text());
        Json.numberField(json, "startSeconds", word.start());
        Json.numberField(json, "endSeconds", word.end());
        Json.numberField(json, "confidence", word.confidence());
        json.writeEndObject();
    }
}
