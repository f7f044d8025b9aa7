package io.github.tornadoctc.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes labels of a text: at each place the longest token that the text goes on with, and for a {@code *} no label, but
 * the place where something is left out. Of pieces of words there are other ways to write a text; a tokenizer's own belongs
 * into the targets of the batch.
 */
public final class TextLabels {
    private static final char WILDCARD = '*';

    private final Map<String, Integer> labels = new HashMap<>();
    /** What more than one symbol stands for: the second of them. */
    private final Map<String, Integer> others = new HashMap<>();

    private int longest;
    /** Whether words begin with a space of their own, as SentencePiece's do. */
    private final boolean spaceFirst;

    /**
     * For texts of these tokens.
     *
     * @param tokens a table {@linkplain Tokens#forBatch for the batch}
     * @param blank the index of the blank, which no text has
     */
    public TextLabels(Tokens tokens, int blank) {
        for (int v = 0; v < tokens.size(); v++) {
            String piece = tokens.piece(v);
            if (v == blank || piece.isEmpty()) {
                continue;
            }
            if (labels.putIfAbsent(piece, v) != null) {
                others.putIfAbsent(piece, v);
            }
            longest = Math.max(longest, piece.length());
        }
        spaceFirst = labels.keySet().stream().anyMatch(piece -> piece.length() > 1 && piece.startsWith(" "));
    }

    /**
     * The labels of a text, and the labels' numbers before which something is left out.
     *
     * @param labels U of them
     * @param wildcards numbers in [0, U], U after the last label; what {@link io.github.tornadoctc.Wildcards#at} takes
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Target(int[] labels, int[] wildcards) {}

    /**
     * The target of a text.
     *
     * @param line the text
     * @param partial whether something may be left out at either end
     * @throws IllegalArgumentException if no token goes on with the text, or one that two symbols have, naming it
     */
    public Target of(String line, boolean partial) {
        String text = spaceFirst && !line.startsWith(" ") ? " " + line : line;
        List<Integer> target = new ArrayList<>();
        List<Integer> wildcards = new ArrayList<>();
        if (partial) {
            wildcards.add(0);
        }
        for (int at = 0; at < text.length(); ) {
            if (text.charAt(at) == WILDCARD) {
                wildcards.add(target.size());
                at++;
            } else {
                String piece = pieceAt(text, at);
                target.add(labels.get(piece));
                at += piece.length();
            }
        }
        if (partial) {
            wildcards.add(target.size());
        }
        return new Target(ints(target), ints(wildcards));
    }

    private String pieceAt(String text, int at) {
        for (int length = Math.min(longest, text.length() - at); length > 0; length--) {
            String piece = text.substring(at, at + length);
            if (others.containsKey(piece)) {
                throw new IllegalArgumentException(
                        "has \"%s\", for which symbols %d and %d both stand; targets as numbers say which"
                                .formatted(piece, labels.get(piece), others.get(piece)));
            }
            if (labels.containsKey(piece)) {
                return piece;
            }
        }
        int codePoint = text.codePointAt(at);
        throw new IllegalArgumentException(
                "has '%s' (U+%04X), which no token begins with".formatted(Character.toString(codePoint), codePoint));
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
