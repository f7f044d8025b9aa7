package io.github.tornadoctc.spark.corpus;

import io.github.tornadoctc.Scores;
import io.github.tornadoctc.io.NpyType;
import io.github.tornadoctc.io.Tokens;
import io.github.tornadoctc.spark.CorpusColumns;
import io.github.tornadoctc.spark.CorpusInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to read the rows of a corpus. */
final class RowOptions {
    @Option(
            names = "--column",
            paramLabel = "COLUMN=NAME",
            description = "What id, T, V, scores, dtype or target is called in IN, such as scores=logits.")
    private Map<String, String> columns = new LinkedHashMap<>();

    @Option(names = "--blank", paramLabel = "N", description = "Index of the blank symbol (default: 0).")
    private int blank;

    @Option(
            names = "--scores",
            paramLabel = "logits|log-probs",
            converter = CorpusChoices.OfScores.class,
            description = "What the scores are (default: logits).")
    private Scores scores = Scores.LOGITS;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            converter = CorpusChoices.OfType.class,
            description =
                    "Type of binary scores, little endian, of rows without a column dtype: float32, float16, bfloat16"
                            + " or float64 (default: float32).")
    private NpyType type = NpyType.FLOAT32;

    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description = "What symbols stand for: as the command decode reads it. Targets may be texts then.")
    private @Nullable Path tokens;

    /**
     * What they say.
     *
     * @throws IllegalArgumentException if there is no column of a name, or a number is out of its range
     */
    CorpusInput input() throws IOException {
        CorpusColumns names = CorpusColumns.defaults();
        for (Map.Entry<String, String> column : columns.entrySet()) {
            names = names.with(column.getKey(), column.getValue());
        }
        return CorpusInput.defaults()
                .withColumns(names)
                .withScores(scores)
                .withType(type)
                .withBlank(blank)
                .withTokens(tokens());
    }

    private List<String> tokens() throws IOException {
        if (tokens == null) {
            return List.of();
        }
        Tokens table = Tokens.read(tokens);
        return IntStream.range(0, table.size()).mapToObj(table::token).toList();
    }
}
