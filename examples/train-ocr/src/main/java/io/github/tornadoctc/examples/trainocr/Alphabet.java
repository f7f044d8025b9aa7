package io.github.tornadoctc.examples.trainocr;

import io.github.tornadoctc.io.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What the network reads: digits and capital letters. Symbol 0 is the blank. */
final class Alphabet {
    private static final String CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private Alphabet() {}

    /** V, the blank included. */
    static int symbols() {
        return CHARACTERS.length() + 1;
    }

    /** What each symbol stands for. */
    static Tokens tokens() {
        List<String> tokens = new ArrayList<>(List.of("<blk>"));
        CHARACTERS.chars().mapToObj(Character::toString).forEach(tokens::add);
        return Tokens.of(tokens).forBatch(symbols(), 0);
    }

    /** The symbol of a character. */
    static int symbol(char character) {
        return CHARACTERS.indexOf(character) + 1;
    }

    /** Characters at random. */
    static String text(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }
}
