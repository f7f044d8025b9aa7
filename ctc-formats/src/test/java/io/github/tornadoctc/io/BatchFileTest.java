package io.github.tornadoctc.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where batches come from, and what is said of what is no batch. */
class BatchFileTest {
    private static final String JSON = "{\"logits\": [[[0, 1.5]]], \"targets\": [[1]]}";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void everyFormatIsReadFromAStream(TestFormat format) throws IOException {
        Path file = new FieldValues()
                .with("logits", "[[[0, 1.5]]]")
                .with("targets", "[[1]]")
                .write(format, directory);
        List<Path> temporary = temporaryFiles();
        try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
            assertThat(BatchFile.load(in, "-", ReadOptions.defaults()).batch().score(0, 0, 1))
                    .isEqualTo(1.5f);
        }
        assertThat(temporaryFiles()).isEqualTo(temporary);
    }

    @ParameterizedTest
    @EnumSource
    void messagesHaveTheNameOfTheStream(TestFormat format) throws IOException {
        Path file = new FieldValues().with("logits", "[[[0, 1.5]]]").write(format, directory);
        try (InputStream in = Files.newInputStream(file)) {
            assertThatThrownBy(() -> BatchFile.load(in, "-", ReadOptions.defaults()))
                    .hasMessage("-: targets is missing; the fields there are: logits");
        }
    }

    private static List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("ctc-batch"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void anEmptyStreamIsSaidToBeEmpty() {
        assertThatThrownBy(() -> BatchFile.load(InputStream.nullInputStream(), "-", ReadOptions.defaults()))
                .isInstanceOf(BatchFileException.class)
                .hasMessage("-: is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void aByteOrderMarkIsSkipped(String encoding) throws IOException {
        Path file = directory.resolve("batch.json");
        Files.writeString(file, "\uFEFF" + JSON, Charset.forName(encoding));
        assertThat(BatchFile.read(file).score(0, 0, 1)).isEqualTo(1.5f);
    }

    /** Whatever the parser finds wrong, it says nothing of its own switches and classes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"logits\": [",
                "{\"logits\": [[[1, 2]]",
                "{\"logits\": [[[1, 2]}",
                "{\"logits\": [[[1,, 2]]]}",
                "{\"logits\": [[[01]]]}",
                "{\"logits\": [[[+1]]]}",
                "{\"logits\": [[[.5]]]}",
                "{\"logits\": [[[1.]]]}",
                "{\"logits\": [[[1e]]]}",
                "{\"logits\": [[[nil]]]}",
                "{\"logits\": [[[-x]]]}",
                "{\"logits\": [[[+INF]]]}",
                "{\"logits\": 'a'}",
                "{logits: 1}",
                "{'logits': 1}",
                "{\"logits\" 1}",
                "{\"log\\qits\": 1}",
                "{\"comment\": \"\n\"}",
                "{\"comment\": \"\\u12\"}",
                "{\"comment\": \"\uD800\"}",
                "{/* c */ \"logits\": 1}",
                "{# c\n \"logits\": 1}",
                "{\"targets\": [[1]], \"targets\": [[1]]}",
                "{\"targets\": [[1]],}",
                "{\"targets\": [[1],]}",
                "{\"logits\": []} }",
                "{\"logits\": []} x",
                "{\"logits\": [[[1 2]]]}",
                "{\"logits\": NULL}",
                "{\"\u0000\": 1}",
            })
    void whatIsWrongWithJsonIsSaidWithoutTheParsersInternals(String json) throws IOException {
        assertPlain(json);
    }

    @Test
    void limitsOfTheParserAreSaidWithoutTheirSwitches() throws IOException {
        assertPlain("{\"comment\": " + "[".repeat(1500));
        assertPlain("{\"logits\": [[[" + "1".repeat(1500) + "]]]}");
        assertPlain("{\"" + "a".repeat(60_000) + "\": 1}");
        assertPlain("{\"comment\": \"" + "a".repeat(21_000_000) + "\"}");
    }

    private void assertPlain(String json) throws IOException {
        Path file = Files.write(directory.resolve("batch.json"), json.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> BatchFile.read(file))
                .isInstanceOf(BatchFileException.class)
                .message()
                .startsWith(file + ": ")
                .doesNotContain("REDACTED", "Source", "Stream", "Feature", "Constraints", "()", "`", "\n", "ackson");
    }
}
