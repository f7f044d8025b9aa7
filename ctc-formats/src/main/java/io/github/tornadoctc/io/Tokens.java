package io.github.tornadoctc.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the symbols of a batch stand for: characters, or pieces of words. Token v is that of symbol v; the piece of a
 * symbol is what it adds to a text, where a space is between words however the tokens say so, and special tokens add
 * nothing.
 *
 * <p>How tokens say where a word begins is told by the table itself: {@code ▁} at the front of any token is
 * SentencePiece's space; {@code ##} at the front of any token is WordPiece's sign that no word begins; and in a table
 * without a space as a token, {@code |} is the separator of words, as in Hugging Face's tables.
 */
public final class Tokens {
    private final List<String> tokens;
    private final List<String> pieces;

    private Tokens(List<String> tokens, int blank) {
        this.tokens = List.copyOf(tokens);
        this.pieces = Pieces.of(this.tokens, blank);
    }

    /**
     * A table that has a token for every symbol, in their order. Two symbols may have the same token: to decode, that is no
     * matter, and {@link TextLabels} refuses texts in which it is one.
     */
    public static Tokens of(List<String> tokens) {
        return new Tokens(tokens, -1);
    }

    /**
     * Reads a table of tokens, of one of these kinds, whatever the file's name:
     *
     * <ul>
     *   <li>lines of a token and its number, as sherpa-onnx, icefall and WeNet have them in {@code tokens.txt}; the
     *       token may be a space;
     *   <li>one token a line, as NeMo and PaddleOCR have them, in the order of their numbers; or with a score after a
     *       tab, as in SentencePiece's {@code .vocab};
     *   <li>a JSON object {@code {"token": number, ..}}, Hugging Face's {@code vocab.json}; this kind needs
     *       {@code jackson-core} on the class path.
     * </ul>
     *
     * <p>Numbers are 0 … n − 1, each once, and so is each token: the tables of all these programs name none twice.
     * {@link #forBatch} makes it a table for a batch.
     *
     * @throws BatchFileException if the file cannot be read or is no such table, naming the line; of a token that is there
     *     twice, both lines
     */
    public static Tokens read(Path file) throws BatchFileException {
        return of(TokenFile.read(file));
    }

    /**
     * The table for batches of V symbols. A table of one token fewer lacks the blank, which is put in its place: NeMo's
     * is after all others, PaddleOCR's before them. One of two fewer that has no space lacks that as well, PaddleOCR's
     * last symbol. What a decoding graph has after the tokens, {@code #0} and so on, is left out.
     *
     * @param symbols V
     * @param blank the index of the blank
     * @throws IllegalArgumentException if the number of tokens does not suit, or a token says that it is the blank and
     *     is another symbol
     */
    public Tokens forBatch(int symbols, int blank) {
        List<String> fitted = new ArrayList<>(tokens);
        while (fitted.size() > symbols && fitted.getLast().matches("#\\d+")) {
            fitted.removeLast();
        }
        boolean withoutSpace = fitted.size() == symbols - 2 && !fitted.contains(" ");
        if ((withoutSpace || fitted.size() == symbols - 1) && blank <= fitted.size()) {
            fitted.add(blank, "");
            if (withoutSpace) {
                fitted.add(" ");
            }
        }
        if (fitted.size() != symbols) {
            throw new IllegalArgumentException(
                    "%d tokens do not suit %d symbols; there are to be as many, or one fewer where the blank is not among them"
                            .formatted(tokens.size(), symbols));
        }
        for (int v = 0; v < symbols; v++) {
            if (v != blank && Pieces.isBlank(fitted.get(v))) {
                throw new IllegalArgumentException(
                        "token %d is %s, but the blank of the batch is %d".formatted(v, fitted.get(v), blank));
            }
        }
        return new Tokens(fitted, blank);
    }

    /** The number of tokens. */
    public int size() {
        return tokens.size();
    }

    /** The token of a symbol, as the table has it. */
    public String token(int symbol) {
        return tokens.get(symbol);
    }

    /** What a symbol adds to a text: {@code " the"}, {@code "ing"}, {@code "e"}, {@code " "}, or nothing. */
    public String piece(int symbol) {
        return pieces.get(symbol);
    }

    /** The text of labels: their pieces, without spaces at either end. */
    public String text(int... labels) {
        StringBuilder text = new StringBuilder();
        for (int label : labels) {
            text.append(pieces.get(label));
        }
        return text.toString().strip();
    }
}
