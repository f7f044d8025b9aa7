package io.github.tornadoctc.examples.ocr;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The network's symbols: label 0 is the blank, then one symbol per line of the table's file, then the space. */
final class Symbols {
    static final int BLANK = 0;

    /** Where the model's jar has the table. */
    private static final String RESOURCE = "/models/ppocr_keys_v1.txt";

    private final List<String> symbols;
    private final Map<String, Integer> labels = new HashMap<>();

    /**
     * The symbols of a table.
     *
     * @param table the symbols between the blank and the space, in the order of their labels
     */
    Symbols(List<String> table) {
        symbols = new ArrayList<>(table.size() + 2);
        symbols.add("");
        symbols.addAll(table);
        symbols.add(" ");
        for (int label = BLANK + 1; label < symbols.size(); label++) {
            labels.putIfAbsent(symbols.get(label), label);
        }
    }

    /** The table of the model on the class path. */
    static Symbols ofModel() {
        try (InputStream in = Recognizer.resource(RESOURCE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return new Symbols(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** V, the blank included. */
    int size() {
        return symbols.size();
    }

    /**
     * The labels of a text, one per character.
     *
     * @throws IllegalArgumentException if a character is no symbol of the network, naming it
     */
    int[] labels(String text) {
        return text.codePoints().map(character -> label(text, character)).toArray();
    }

    /** The text of labels. */
    String text(int... ofLabels) {
        StringBuilder text = new StringBuilder();
        for (int label : ofLabels) {
            text.append(symbols.get(label));
        }
        return text.toString();
    }

    /** The table as lines of a token and its number. */
    List<String> numbered() {
        List<String> lines = new ArrayList<>();
        for (int label = 0; label < symbols.size(); label++) {
            lines.add("%s %d".formatted(label == BLANK ? "<blk>" : symbols.get(label), label));
        }
        return lines;
    }

    private int label(String text, int character) {
        Integer label = labels.get(Character.toString(character));
        if (label == null) {
            throw new IllegalArgumentException(
                    "text \"%s\" has %s, which is no symbol of the network".formatted(text, describe(character)));
        }
        return label;
    }

    /** A character as an error message shows it, since many look alike or are invisible. */
    static String describe(int character) {
        return "'%s' (U+%04X)".formatted(Character.toString(character), character);
    }
}
