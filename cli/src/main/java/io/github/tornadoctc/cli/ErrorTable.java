package io.github.tornadoctc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.tornadoctc.decoding.errors.Edit;
import io.github.tornadoctc.decoding.errors.ErrorCounts;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Error rates and edits, for people. */
final class ErrorTable {
    private ErrorTable() {}

    /** Whether there is a rate: what was read where nothing was said is no fraction of it. */
    private static boolean hasRate(ErrorCounts counts) {
        return counts.errors() == 0 || counts.reference() > 0;
    }

    /** The rate in a column of rates; - where there is none. */
    static String rate(ErrorCounts counts) {
        return hasRate(counts) ? Numbers.percent(counts.rate()) : "-";
    }

    /** The rate in JSON; null where there is none. */
    static void rateField(JsonGenerator json, String field, ErrorCounts counts) throws IOException {
        if (hasRate(counts)) {
            json.writeNumberField(field, counts.rate());
        } else {
            json.writeNullField(field);
        }
    }

    /** Such as {@code WER 12.50%: 2 substitutions, 0 insertions, 1 deletion of 24 words}. */
    static String line(String name, ErrorCounts counts, String what) {
        return "%s %s: %s, %s, %s of %d %s"
                .formatted(
                        name,
                        hasRate(counts) ? rate(counts) : "has no rate, since the reference is empty",
                        plural(counts.substitutions(), "substitution"),
                        plural(counts.insertions(), "insertion"),
                        plural(counts.deletions(), "deletion"),
                        counts.reference(),
                        what);
    }

    private static String plural(long count, String noun) {
        return "%d %s%s".formatted(count, noun, count == 1 ? "" : "s");
    }

    /** What differs: {@code cat→bat +up −the}, a substitution, an insertion, and a deletion. */
    static String edits(List<Edit> edits) {
        return edits.stream()
                .filter(edit -> edit.kind() != Edit.Kind.MATCH)
                .map(edit -> switch (edit.kind()) {
                    case INSERTION -> "+" + edit.hypothesis();
                    case DELETION -> "\u2212" + edit.reference();
                    default -> edit.reference() + "\u2192" + edit.hypothesis();
                })
                .collect(Collectors.joining(" "));
    }
}
