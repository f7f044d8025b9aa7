package io.github.tornadoctc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/json.md has every field that a command writes, and no other. */
class JsonDocumentationTest {
    /** A name that something is written by: json.writeNumberField("T", …), write(json, "before", …). */
    private static final Pattern WRITTEN =
            Pattern.compile("\\b(?:write\\w*\\(|\\w+\\(\\s*(?:json|object),)\\s*\"([A-Za-z]\\w*)\"");

    private static final Pattern NAMED = Pattern.compile("`([A-Za-z]\\w*)`");

    /** Named there, but not as fields: values and commands. */
    private static final Set<String> OTHERS = Set.of(
            "loss",
            "step",
            "none",
            "TBV",
            "BTV",
            "sum",
            "mean",
            "OK",
            "INFEASIBLE",
            "NON_FINITE",
            "SUBSTITUTION",
            "INSERTION",
            "DELETION",
            "auto",
            "align",
            "bench");

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        pattern.matcher(text).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    @Test
    void everyFieldIsExplainedAndEveryExplainedFieldIsWritten() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            for (Path file : java) {
                String source = Files.readString(file);
                if (source.contains("JsonGenerator") || source.contains("Json.")) {
                    sources.append(source);
                }
            }
        }
        Set<String> written = found(WRITTEN, sources.toString());
        assertThat(written).hasSizeGreaterThan(80);
        String page = Files.readString(Path.of("../docs/json.md"));
        // commands are headings
        Set<String> named = found(NAMED, page.replaceAll("(?m)^##.*$", ""));
        named.removeIf(name -> OTHERS.contains(name) && !written.contains(name));
        assertThat(named).isEqualTo(written);
    }
}
