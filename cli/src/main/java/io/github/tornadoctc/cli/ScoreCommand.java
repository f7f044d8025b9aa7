package io.github.tornadoctc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.tornadoctc.decoding.errors.Edit;
import io.github.tornadoctc.decoding.errors.ErrorCounts;
import io.github.tornadoctc.decoding.errors.ErrorRates;
import io.github.tornadoctc.decoding.errors.TextErrors;
import io.github.tornadoctc.io.BatchFileException;
import io.github.tornadoctc.io.TextFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares texts that were read with what was said. */
@Command(
        name = "score",
        description =
                "Prints character and word error rates of texts, line by line of two files, and where they differ:"
                        + " a\u2192b is a substitution, +b an insertion, \u2212a a deletion.")
final class ScoreCommand implements Callable<Integer> {
    @Option(
            names = "--ref",
            required = true,
            paramLabel = "FILE",
            description = "What was said, an utterance a line, in UTF-8.")
    private Path referenceFile = Path.of("");

    @Option(names = "--hyp", required = true, paramLabel = "FILE", description = "What was read, as many lines.")
    private Path hypothesisFile = Path.of("");

    @Option(names = "--json", description = "Print one JSON object, with the edits of every line.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws BatchFileException {
        List<String> references = TextFile.lines(referenceFile);
        List<String> hypotheses = TextFile.lines(hypothesisFile);
        if (references.size() != hypotheses.size()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--hyp %s has %d lines, but --ref %s %d"
                            .formatted(hypothesisFile, hypotheses.size(), referenceFile, references.size()));
        }
        ErrorRates rates = ErrorRates.of(references, hypotheses);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            printJson(out, rates);
        } else {
            printText(out, rates);
        }
        return ExitCode.DONE;
    }

    private static void printText(PrintWriter out, ErrorRates rates) {
        Table table = new Table().right("line").right("CER").right("WER").left("edits of words");
        for (int i = 0; i < rates.texts().size(); i++) {
            TextErrors errors = rates.texts().get(i);
            if (errors.characters().errors() > 0) {
                table.row(
                        i + 1,
                        ErrorTable.rate(errors.characters()),
                        ErrorTable.rate(errors.words()),
                        ErrorTable.edits(errors.wordEdits()));
            }
        }
        if (rates.characters().errors() > 0) {
            table.print(out);
            out.println();
        }
        out.println(ErrorTable.line("CER", rates.characters(), "characters"));
        out.println(ErrorTable.line("WER", rates.words(), "words"));
    }

    private static void printJson(PrintWriter out, ErrorRates rates) {
        Json.print(out, json -> {
            ErrorTable.rateField(json, "cer", rates.characters());
            ErrorTable.rateField(json, "wer", rates.words());
            json.writeObjectFieldStart("edits");
            writeCounts(json, "characters", rates.characters());
            writeCounts(json, "words", rates.words());
            json.writeEndObject();
            json.writeArrayFieldStart("lines");
            for (TextErrors errors : rates.texts()) {
                json.writeStartObject();
                ErrorTable.rateField(json, "cer", errors.characters());
                ErrorTable.rateField(json, "wer", errors.words());
                writeEdits(json, "characterEdits", errors.characterEdits());
                writeEdits(json, "wordEdits", errors.wordEdits());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void writeCounts(JsonGenerator json, String field, ErrorCounts counts) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("substitutions", counts.substitutions());
        json.writeNumberField("insertions", counts.insertions());
        json.writeNumberField("deletions", counts.deletions());
        json.writeNumberField("reference", counts.reference());
        json.writeEndObject();
    }

    /** Only what differs; {@code at} is the place in the reference, and that of an insertion is the place it goes before. */
    private static void writeEdits(JsonGenerator json, String field, List<Edit> edits) throws IOException {
        json.writeArrayFieldStart(field);
        int at = 0;
        for (Edit edit : edits) {
            if (edit.kind() != Edit.Kind.MATCH) {
                json.writeStartObject();
                json.writeStringField("kind", edit.kind().name());
                json.writeNumberField("at", at);
                json.writeStringField("reference", edit.reference());
                json.writeStringField("hypothesis", edit.hypothesis());
                json.writeEndObject();
            }
            at += edit.kind() == Edit.Kind.INSERTION ? 0 : 1;
        }
        json.writeEndArray();
    }
}
