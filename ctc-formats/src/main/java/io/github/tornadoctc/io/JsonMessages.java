package io.github.tornadoctc.io;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** What the parser says is wrong with a text, without what it says of itself. */
final class JsonMessages {
    /** Where something began; that the source is not shown says nothing to a reader. */
    private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;\\]]*; (line: \\d+, column: \\d+)]");
    /** Which of the parser's switches would let it pass, or has set a limit. */
    private static final Pattern SWITCH = Pattern.compile(
            "(,? from|: enable|, enable) `[^`]*`( to allow)?| \\(not recognized as one since Feature [^)]*\\)");

    private JsonMessages() {}

    static String of(JsonProcessingException e, JsonLocation at) {
        String text = SOURCE.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("$1");
        return "line %d, column %d: %s"
                .formatted(
                        at.getLineNr(), at.getColumnNr(), SWITCH.matcher(text).replaceAll(""));
    }
}
