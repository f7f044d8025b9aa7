package io.github.tornadoctc.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tornadoctc.spark.LocalSpark;
import io.github.tornadoctc.spark.MadeUpCorpus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line: what it prints, and its exit codes. */
class CorpusMainTest {
    @TempDir
    static Path corpus;

    @TempDir
    Path directory;

    private Path input = Path.of("");
    private Path output = Path.of("");

    /** What a command printed. */
    private record Ran(int code, String out, String err) {}

    private static Ran run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>();
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        // the session of the tests is taken, and goes on
        int code = CorpusMain.run(
                false, new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
        return new Ran(code, out.toString(), err.toString());
    }

    @BeforeAll
    static void writeCorpus() {
        MadeUpCorpus.write(LocalSpark.SESSION, corpus + "/in", 20, id -> 10, 5, 4, 2);
    }

    @BeforeEach
    void nameDirectories() {
        input = corpus.resolve("in");
        output = directory.resolve("out");
    }

    @Test
    void aSummaryIsPrintedAndALineForEachChunk() {
        Ran ran = run(input, output, "--backend", "cpu", "--frame-ms", 10, "--chunk", 1);
        assertThat(ran.code).isZero();
        assertThat(ran.out.lines().toList().subList(0, 2)).containsExactly("20 rows: 20 OK", "200 frames, 0.00 hours");
        assertThat(ran.out).containsPattern("20 rows of 200 frames computed in .* times as fast as they are said");
        assertThat(ran.err.lines())
                .hasSize(2)
                .allMatch(line -> line.matches("ctc: chunk [12] of 2 was done in \\d+\\.\\d s"));
        Ran again = run(input, output, "--backend", "cpu", "--chunk", 1);
        assertThat(again.out).isEqualToNormalizingNewlines("20 rows: 20 OK\n200 frames\nall were there before\n");
        assertThat(again.err.lines()).first().isEqualTo("ctc: chunk 1 of 2 was done before");
    }

    @Test
    void jsonIsOneObject() throws IOException {
        Ran ran = run(input, output, "--mode", "decode", "--beam", 1, "--json");
        JsonNode json = new ObjectMapper().readTree(ran.out);
        assertThat(json.get("rows").asInt()).isEqualTo(20);
        assertThat(json.get("statuses").get("OK").asInt()).isEqualTo(20);
        assertThat(json.get("computedFrames").asInt()).isEqualTo(200);
    }

    @Test
    void alignmentsHaveTheTokensOfAFile() throws IOException {
        Path tokens = Files.writeString(directory.resolve("tokens.txt"), "<blank> 0\na 1\nb 2\nc 3\nd 4\n");
        assertThat(run(input, output, "--mode", "align", "--tokens", tokens, "--backend", "cpu").code)
                .isZero();
        Row row = LocalSpark.SESSION.read().parquet(output.toString()).first();
        assertThat(row.<Row>getList(row.fieldIndex("spans"))).hasSize(4).allMatch(span -> "abcd"
                .contains(span.<String>getAs("token")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2|IN|OUT|--mode|score|Invalid value for option '--mode'",
                "2|IN|OUT|--blank|-1|blank = -1 is less than 0 (see ctc corpus --help)",
                "2|IN|OUT|--dtype|int8|int8 is none of float16, bfloat16, float32, float64",
                "2|IN|OUT|--scores|probs|probs is none of logits, log-probs",
                "2|IN|OUT|--column|logits=x|column = logits is none of id, T, V, scores, dtype, target",
                "2|IN|OUT|--column|scores=x|column x is missing, which scores is to be; there are id, T, V, scores, target",
                "2|IN|OUT|--chunk|many|for option '--chunk': many is not a number of bytes of 1 or more, such as 512MB (see",
                "2|IN|OUT|--chunk|0|for option '--chunk': 0 is not a number of bytes of 1 or more",
                "2|IN|OUT|--batch-memory|0KB|for option '--batch-memory': 0KB is not a number of bytes of 1 or more",
                "2|IN|OUT|--window-memory|-1|for option '--window-memory': -1 is not a number of bytes of 1 or more",
                "2|IN|OUT|--beam|0|for option '--beam': 0 is not a whole number of 1 or more",
                "2|IN|OUT|--beam|1.5|for option '--beam': 1.5 is not a whole number of 1 or more",
                "2|IN|OUT|--token-threshold|-1|for option '--token-threshold': -1 is not a number of 0 or more",
                "2|IN|OUT|--token-threshold|NaN|for option '--token-threshold': NaN is not a number of 0 or more",
                "2|IN|OUT|--wildcard-cost|Infinity|for option '--wildcard-cost': Infinity is not a finite number",
                "2|IN|OUT|--backend|gpu|backend = gpu is none of auto, ",
                "2|IN|OUT|--tokens|IN/none|none: cannot be read: no such file",
                "2|IN/none|OUT|--blank|0|in/none: no Parquet files can be read there",
                "2|IN|IN|--blank|0|in: exists, and is not of an earlier run; another directory would do",
                "3|IN|OUT|--backend|unusable|backend unusable cannot be used here: it never can",
            })
    void whatIsWrongIsOneLine(int code, String in, String out, String option, String value, String message) {
        Ran ran = run(place(in), place(out), option, place(value));
        assertThat(ran.err.lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("ctc: ")
                .contains(message);
        assertThat(ran.out).isEmpty();
        assertThat(ran.code).isEqualTo(code);
    }

    private String place(String text) {
        return text.replaceFirst("^IN", input.toString()).replaceFirst("^OUT", output.toString());
    }

    /** A file that is no Parquet, in the middle of a corpus: not a bad row, and not a table that can be read on. */
    @Test
    void aBrokenFileFailsTheRunWhichGoesOnWhenItIsMended() throws IOException {
        Path broken = Files.writeString(input.resolve("part-5.parquet"), "this is not Parquet");
        Ran ran = run(input, output, "--backend", "cpu", "--chunk", 1);
        assertThat(ran.code).isEqualTo(4);
        assertThat(ran.err.lines()).last().asString().startsWith("ctc: ").contains("part-5.parquet");
        Files.delete(broken);
        assertThat(run(input, output, "--backend", "cpu", "--chunk", 1).out).startsWith("20 rows: 20 OK");
    }

    @Test
    void helpIsPrintedWithoutSpark() {
        Ran ran = run("--help");
        assertThat(ran.code).isZero();
        assertThat(ran.out).startsWith("Usage: ctc corpus ").contains("--master=URL", "Exit codes:");
    }
}
