package io.github.tornadoctc.spark;

import io.github.tornadoctc.io.TextLabels;
import io.github.tornadoctc.io.Tokens;
import java.util.HashMap;
import java.util.Map;

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
    Target read(UtteranceRow row, int symbols) {
        if (row.isNull(InputColumns.TARGET)) {
            throw new IllegalArgumentException("target is null");
        }
        return row.isText(InputColumns.TARGET)
                ? ofText(row.text(InputColumns.TARGET), symbols)
                : ofLabels(row.numbers(InputColumns.TARGET));
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

    private Target ofLabels(UtteranceRow.Numbers column) {
        int[] labels = new int[column.size()];
        for (int u = 0; u < labels.length; u++) {
            if (column.isNull(u)) {
                throw new IllegalArgumentException("target[%d] is null".formatted(u));
            }
            long label = column.integer(u);
            if (label != (int) label) {
                throw new IllegalArgumentException("target[%d] = %d is not a symbol".formatted(u, label));
            }
            labels[u] = (int) label;
        }
        return new Target(labels, partial ? new int[] {0, labels.length} : new int[0]);
    }
}
