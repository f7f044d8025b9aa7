package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.explain.Example;
import io.github.tornadoctc.explain.Occupation;
import io.github.tornadoctc.io.BatchFileException;
import io.github.tornadoctc.io.LoadedBatch;
import io.github.tornadoctc.io.TextFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One utterance of a batch file, and what its labels are called. */
final class UtteranceOptions {

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description =
                    "A batch, .npz, .safetensors or JSON, as the command loss reads it. Without one, an example is explained.")
    private @Nullable Path file;

    @Option(names = "--utterance", paramLabel = "N", description = "Which utterance of FILE (default: 0).")
    private @Nullable Integer utterance;

    @Option(
            names = "--texts",
            paramLabel = "FILE.txt",
            description =
                    "A UTF-8 file with the text of one utterance per line, to name the labels by its characters, one"
                            + " for each label, since FILE does not tell what symbols stand for (default: the labels' numbers).")
    private @Nullable Path texts;

    boolean hasFile() {
        return file != null;
    }

    /** Whether there are options that say nothing without a file. */
    boolean given() {
        return file != null || utterance != null || texts != null;
    }

    /**
     * The utterance.
     *
     * @throws IllegalArgumentException if the file has none of that number, or the texts do not suit it
     */
    Occupation occupation(FileOptions input) throws BatchFileException {
        Path batchFile = file();
        LoadedBatch loaded = input.read(batchFile);
        CtcBatch batch = loaded.batch();
        int b = utterance == null ? 0 : utterance;
        if (b < 0 || b >= batch.batchSize()) {
            throw new IllegalArgumentException("--utterance %d is none of the %d of %s, which count from 0"
                    .formatted(b, batch.batchSize(), batchFile));
        }
        CtcOptions options = CtcOptions.defaults().withScores(loaded.scores());
        String title = "%s, utterance %d".formatted(batchFile.getFileName(), b);
        Occupation occupation = Occupation.of(title, batch, b, options, labels(batch, b));
        if (!occupation.obstacle().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: utterance %d cannot be drawn: %s".formatted(batchFile, b, occupation.obstacle()));
        }
        return occupation;
    }

    private Path file() {
        if (file == null) {
            throw new IllegalStateException("no FILE");
        }
        return file;
    }

    private List<String> labels(CtcBatch batch, int b) throws BatchFileException {
        if (texts == null) {
            return Arrays.stream(batch.target(b)).mapToObj(Integer::toString).toList();
        }
        List<String> lines = TextFile.lines(texts);
        if (b >= lines.size()) {
            throw new IllegalArgumentException(
                    "%s: has %d lines, none for utterance %d".formatted(texts, lines.size(), b));
        }
        if (lines.size() > batch.batchSize()) {
            throw new IllegalArgumentException(
                    "%s: has %d lines for a batch of %d utterances".formatted(texts, lines.size(), batch.batchSize()));
        }
        List<String> characters = Example.characters(lines.get(b));
        if (characters.size() != batch.targetLength(b)) {
            throw new IllegalArgumentException("%s: line %d has %d characters, but the target of utterance %d %d labels"
                    .formatted(texts, b + 1, characters.size(), b, batch.targetLength(b)));
        }
        checkNames(batch.target(b), characters, "%s: line %d".formatted(texts, b + 1));
        return characters;
    }

    /**
     * That no label has two names and no name is of two labels, as where a text is another utterance's. In another case a
     * character is the same one: many models have lower case alone.
     */
    private static void checkNames(int[] labels, List<String> characters, String where) {
        Map<Integer, String> names = new HashMap<>();
        Map<String, Integer> named = new HashMap<>();
        for (int u = 0; u < labels.length; u++) {
            String character = characters.get(u);
            String name = names.putIfAbsent(labels[u], character);
            if (name != null && !name.equalsIgnoreCase(character)) {
                throw new IllegalArgumentException(
                        "%s has %s as character %d, where the target has label %d, which %s stood for"
                                .formatted(where, quoted(character), u + 1, labels[u], quoted(name)));
            }
            Integer label = named.putIfAbsent(character, labels[u]);
            if (label != null && label != labels[u]) {
                throw new IllegalArgumentException(
                        "%s has %s as character %d, where the target has label %d, but it stood for label %d"
                                .formatted(where, quoted(character), u + 1, labels[u], label));
            }
        }
    }

    private static String quoted(String character) {
        return "'%s' (U+%04X)".formatted(character, character.codePointAt(0));
    }
}
