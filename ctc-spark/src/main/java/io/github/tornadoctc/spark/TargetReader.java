package io.github.tornadoctc.spark;

import io.github.tornadoctc.io.TextLabels;
import io.github.tornadoctc.io.Tokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** The labels of a row: as they are, or of a text. */
final class TargetReader {
    private final int blank;
    private final Tokens tokens;
    private final boolean partial;
    private final boolean wildcards;
    /** By the number of symbols, mostly one. */
    private final Map<Integer, TextLabels> byText = new HashMap<>();

    /**
     * A reader of targets.
     *
     * @param wildcards whether texts may leave something out
     */
    TargetReader(CorpusOptions options, boolean wildcards) {
        this.blank = options.input().blank();
        this.tokens = Tokens.of(options.input().tokens());
        this.partial = options.partial() && wildcards;
        this.wildcards = wildcards;
    }

    /** What is said, and before which labels something is left out. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Target(int[] labels, int[] wildcards) {}

    /**
     * The target of a row, unchecked.
     *
     * @throws IllegalArgumentException if there is none
     */
    Target read(Row row, int symbols) {
        if (row.isNullAt(InputColumns.TARGET)) {
            throw new IllegalArgumentException("target is null");
        }
        return row.get(InputColumns.TARGET) instanceof String text
                ? ofText(text, symbols)
                : ofLabels(row.getList(InputColumns.TARGET));
    }

    private Target ofText(String text, int symbols) {
        TextLabels labels = byText.computeIfAbsent(symbols, v -> new TextLabels(tokens.forBatch(v, blank), blank));
        TextLabels.Target target;
        try {
            target = labels.of(text, partial);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("target " + e.getMessage(), e);
        }
        if (!wildcards && target.wildcards().length > 0) {
            throw new IllegalArgumentException("target has a *, which stands for something only in alignments");
        }
        return new Target(target.labels(), target.wildcards());
    }

    private Target ofLabels(List<Long> column) {
        int[] labels = new int[column.size()];
        int u = 0;
        for (Long label : column) {
            if (label == null) {
                throw new IllegalArgumentException("target[%d] is null".formatted(u));
            }
            if (label != label.intValue()) {
                throw new IllegalArgumentException("target[%d] = %d is not a symbol".formatted(u, label));
            }
            labels[u++] = label.intValue();
        }
        return new Target(labels, partial ? new int[] {0, labels.length} : new int[0]);
    }
}
