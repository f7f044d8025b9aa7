package io.github.tornadoctc.io;

import static java.util.stream.Collectors.joining;

import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Scores;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of a batch, field by field, in whatever format. Each name may be spelt {@code inputLengths} or
 * {@code input_lengths}. A field that is none of these is refused: left out in silence, it would be taken for read.
 */
final class BatchFields {
    /** In camel case. What a comment says is never read. */
    static final List<String> NAMES = List.of(
            "logits", "logProbs", "scores", "inputLengths", "targets", "targetLengths", "blank", "layout", "comment");

    /** The file, for messages. */
    final String file;
    /** Every name that the file has, in its spelling. */
    final List<String> names;

    /** What the scores are called, in the file's spelling. */
    String scoresName = "logits";

    @Nullable
    NpyArray scores;

    @Nullable
    Integers inputLengths;

    @Nullable
    Integers targets;

    @Nullable
    Integers targetLengths;

    @Nullable
    Integers blank;

    @Nullable
    Layout layout;

    /** What a text says that the scores are. */
    private @Nullable Scores kind;

    /** Whether the scores are just the only array that can be: their name does not say what they are. */
    boolean guessed;

    BatchFields(String file, List<String> names) {
        this.file = file;
        this.names = names;
    }

    /** A name in snake case, or in camel case already, in camel case. */
    static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_", -1)) {
            boolean begins = camel.isEmpty() || word.isEmpty();
            camel.append(begins ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }

    /** A name in camel case as this file would spell it: as it spells its others, or in snake case, as Python does. */
    String spelling(String name) {
        boolean camel = names.stream()
                .filter(given -> NAMES.contains(camelCase(given)))
                .anyMatch(given -> !given.equals(snakeCase(given)));
        return camel ? name : snakeCase(name);
    }

    private static String snakeCase(String name) {
        return name.replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT);
    }

    /** The layout that a file names, as the command line and the enum have it. */
    void layout(String name, String text) throws BatchFileException {
        layout = switch (text.toUpperCase(Locale.ROOT)) {
            case "TBV", "TIME_MAJOR" -> Layout.TIME_MAJOR;
            case "BTV", "BATCH_MAJOR" -> Layout.BATCH_MAJOR;
            default -> throw error("%s = \"%s\" is none of TBV, BTV".formatted(name, text));
        };
    }

    /** What the scores are, by a text in the file. */
    void kind(String name, String text) throws BatchFileException {
        kind = switch (text.toLowerCase(Locale.ROOT).replace('_', '-')) {
            case "logits" -> Scores.LOGITS;
            case "log-probs" -> Scores.LOG_PROBS;
            default -> throw error("%s = \"%s\" is none of logits, log-probs".formatted(name, text));
        };
    }

    /** What the scores are by a text or by their name, which must not say two things; null if neither says. */
    @Nullable
    Scores kind() throws BatchFileException {
        if (!camelCase(scoresName).equals("logProbs")) {
            return guessed || kind != null ? kind : Scores.LOGITS;
        }
        if (kind == Scores.LOGITS) {
            throw error("scores says logits, but what there is is called " + scoresName);
        }
        return Scores.LOG_PROBS;
    }

    BatchFileException unknown(String name) {
        return error("%s is not a field of a batch, those are %s"
                .formatted(
                        name,
                        String.join(", ", NAMES.stream().map(this::spelling).toList())));
    }

    /** That a field is there more than once, in whatever spellings. */
    BatchFileException twice(String field) {
        return error("%s are the same field, which is given twice"
                .formatted(names.stream()
                        .filter(name -> camelCase(name).equals(field))
                        .collect(joining(" and "))));
    }

    BatchFileException twoScores(String name) {
        return error("%s and %s are both scores".formatted(scoresName, name));
    }

    /** That a field is missing, by its name in camel case or in the file's spelling, and which there are. */
    BatchFileException missing(String name) {
        return error("%s is missing; %s"
                .formatted(
                        spelling(name),
                        names.isEmpty() ? "there are no fields" : "the fields there are: " + String.join(", ", names)));
    }

    BatchFileException error(String message) {
        return new BatchFileException("%s: %s".formatted(file, message));
    }
}
