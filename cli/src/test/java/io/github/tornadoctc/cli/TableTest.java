package io.github.tornadoctc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsThatFitAreOneTable() {
        assertThat(printed(
                        new Table().left("name").right("ms").row("cpu", "1.5").row("tornado", "20")))
                .containsExactly("name      ms", "cpu      1.5", "tornado   20");
    }

    @Test
    void columnsThatDoNotFitFollowBelowWithTheKeysRepeated() {
        Table table = new Table().left("key").left("other").keys();
        IntStream.range(0, 12).forEach(column -> table.right("column %02d".formatted(column)));
        table.row("a", "b", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        List<String> lines = printed(table);
        assertThat(lines).allMatch(line -> line.length() <= 80);
        assertThat(lines.stream().filter(line -> line.startsWith("key  other  column")))
                .hasSize(2);
        assertThat(String.join(" ", lines)).contains("column 00", "column 11", " 11");
    }

    @Test
    void longTextIsBrokenBetweenWords() {
        Table table = new Table().left("backend").left("device").row("cpu", "word ".repeat(40) + "last");
        List<String> lines = printed(table);
        assertThat(lines).hasSizeGreaterThan(3).allMatch(line -> line.length() <= 80);
        assertThat(lines.getLast()).startsWith(" ".repeat(9)).endsWith("word last");
        assertThat(String.join(" ", lines).split("word", -1)).hasSize(41);
    }

    @Test
    void aWordThatIsTooLongIsBrokenAnywhere() {
        List<String> lines = printed(new Table().left("a").left("b").row("x", "y".repeat(200)));
        assertThat(lines).allMatch(line -> line.length() <= 80);
        assertThat(String.join("", lines).replaceAll("[^y]", "")).hasSize(200);
    }

    @Test
    void aTableOfOneColumn() {
        assertThat(printed(new Table().left("a").row("x"))).containsExactly("a", "x");
    }

    private static List<String> printed(Table table) {
        StringWriter text = new StringWriter();
        table.print(new PrintWriter(text));
        return text.toString().lines().toList();
    }
}
