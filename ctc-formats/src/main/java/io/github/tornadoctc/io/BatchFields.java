package io.github.tornadoctc.io;

import java.util.List;
import java.util.Locale;

/**
 * The fields of a batch in a file, in JSON and in npz. Each may be spelt {@code inputLengths} or {@code input_lengths}. A
 * field that is none of these is refused: left out in silence, it would be taken for read.
 */
final class BatchFields {
    /** In camel case. What a comment says is never read. */
    static final List<String> NAMES = List.of("logits", "inputLengths", "targets", "targetLengths", "blank", "comment");

    private BatchFields() {}

    /** A name in snake case, or in camel case already, in camel case. */
    static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_", -1)) {
            boolean begins = camel.isEmpty() || word.isEmpty();
            camel.append(begins ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }

    /** What to say of a field that is no field of a batch. */
    static String unknown(String name) {
        String option =
                switch (name) {
                    case "layout" -> "; the layout is said where the file is read (--layout)";
                    case "scores" -> "; what the scores are is said where the loss is computed (--scores)";
                    default -> "";
                };
        return "%s is not a field of a batch, those are %s%s".formatted(name, String.join(", ", NAMES), option);
    }
}
