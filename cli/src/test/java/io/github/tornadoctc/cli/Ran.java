package io.github.tornadoctc.cli;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What a command did: its exit code, and what it printed. */
record Ran(int exitCode, String out, String err) {

    static Ran ctc(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Map<String, String> properties = properties();
        int exitCode = CtcCommand.run(
                new PrintWriter(out),
                new PrintWriter(err),
                Arrays.stream(args).map(Object::toString).toArray(String[]::new));
        assertThat(properties()).as("properties after the command").isEqualTo(properties);
        return new Ran(exitCode, out.toString(), err.toString());
    }

    /** TornadoVM's and ours; the JDK's own come and go with what is used of it. */
    private static Map<String, String> properties() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("tornado"))
                .collect(toMap(name -> name, name -> System.getProperty(name, "")));
    }

    /** That it succeeded and said nothing on stderr. */
    Ran succeeded() {
        assertThat(err).isEmpty();
        assertThat(exitCode).isEqualTo(ExitCode.DONE);
        return this;
    }

    /** That it failed with this exit code, nothing on stdout, and one line on stderr that contains all of these. */
    void failed(int expected, CharSequence... parts) {
        assertThat(out).isEmpty();
        assertThat(err.lines()).singleElement().asString().startsWith("ctc: ").contains(parts);
        assertThat(exitCode).isEqualTo(expected);
    }

    List<String> lines() {
        return out.lines().toList();
    }

    /** The one JSON object that stdout is. */
    JsonNode json() throws IOException {
        try (MappingIterator<JsonNode> values =
                new ObjectMapper().readerFor(JsonNode.class).readValues(out)) {
            assertThat(values.hasNext()).isTrue();
            JsonNode value = values.next();
            assertThat(value.isObject()).isTrue();
            assertThat(values.hasNext()).isFalse();
            return value;
        }
    }
}
