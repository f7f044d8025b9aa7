package io.github.tornadoctc.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** From tokens to what they add to a text. */
final class Pieces {
    private static final String SPACE_OF_SENTENCE_PIECE = "\u2581";
    private static final String CONTINUATION = "##";
    private static final String SEPARATOR = "|";

    /** Names of the blank that are never anything else; a padding may be. */
    private static final Set<String> BLANKS = Set.of("<blk>", "<blank>", "<ctc_blank>", "[blank]", "<|blank|>");

    /** What stands for nothing that is said; an unknown token stands for something, and is shown. */
    private static final Set<String> SILENT = Set.of(
            "<pad>",
            "[pad]",
            "<s>",
            "</s>",
            "<bos>",
            "<eos>",
            "[bos]",
            "[eos]",
            "<sos>",
            "<sos/eos>",
            "<eps>",
            "[cls]",
            "[sep]");

    private Pieces() {}

    static boolean isBlank(String token) {
        return BLANKS.contains(token.toLowerCase(Locale.ROOT));
    }

    /**
     * The pieces of a table.
     *
     * @param blank the index of the blank, or −1 if only its name can tell
     */
    static List<String> of(List<String> tokens, int blank) {
        boolean sentencePiece = tokens.stream().anyMatch(token -> token.startsWith(SPACE_OF_SENTENCE_PIECE));
        boolean wordPiece = tokens.stream()
                .anyMatch(token -> token.startsWith(CONTINUATION) && token.length() > CONTINUATION.length());
        boolean separated = !tokens.contains(" ");
        List<String> pieces = new ArrayList<>();
        for (int v = 0; v < tokens.size(); v++) {
            String token = tokens.get(v);
            if (v == blank || isBlank(token) || SILENT.contains(token.toLowerCase(Locale.ROOT))) {
                pieces.add("");
            } else if (sentencePiece) {
                pieces.add(token.replace(SPACE_OF_SENTENCE_PIECE, " "));
            } else if (wordPiece) {
                pieces.add(token.startsWith(CONTINUATION) ? token.substring(CONTINUATION.length()) : " " + token);
            } else {
                pieces.add(separated && token.equals(SEPARATOR) ? " " : token);
            }
        }
        return pieces;
    }
}
