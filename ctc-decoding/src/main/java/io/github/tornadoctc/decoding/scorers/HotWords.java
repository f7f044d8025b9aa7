package io.github.tornadoctc.decoding.scorers;

import io.github.tornadoctc.decoding.Scorer;
import io.github.tornadoctc.io.BatchFileException;
import io.github.tornadoctc.io.TextFile;
import io.github.tornadoctc.io.Tokens;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Words and phrases to expect, each with a bonus. A part of the bonus is given for a part of the phrase, as much of it as
 * of its characters, and is taken back where the text goes on otherwise; without that, a beam would drop a rare word before
 * it is complete. Only whole words count: <i>cat</i> is not in <i>concatenate</i>.
 */
public final class HotWords {
    private final PhraseAutomaton phrases;

    private HotWords(Map<String, Double> bonuses) {
        this.phrases = new PhraseAutomaton(bonuses);
    }

    /**
     * Hot words with their bonuses, in nats.
     *
     * @throws IllegalArgumentException if a phrase is blank or a bonus is not finite and positive
     */
    public static HotWords of(Map<String, Double> bonuses) {
        bonuses.forEach((phrase, bonus) -> {
            if (phrase.isBlank()) {
                throw new IllegalArgumentException("a hot word is blank");
            }
            if (!(bonus > 0 && Double.isFinite(bonus))) {
                throw new IllegalArgumentException("the bonus %s of \"%s\" is not positive".formatted(bonus, phrase));
            }
        });
        return new HotWords(bonuses);
    }

    /**
     * Reads a UTF-8 file with a word or phrase on each line, and behind a tab its bonus where it is not to be
     * {@code defaultBonus}.
     *
     * @throws BatchFileException if the file cannot be read, has no words, or a bonus is not a positive number
     */
    public static HotWords read(Path file, double defaultBonus) throws BatchFileException {
        Map<String, Double> bonuses = new LinkedHashMap<>();
        int number = 0;
        for (String line : TextFile.lines(file)) {
            number++;
            int tab = line.indexOf('\t');
            String phrase = (tab < 0 ? line : line.substring(0, tab)).strip();
            if (!phrase.isEmpty()) {
                bonuses.put(phrase, tab < 0 ? defaultBonus : bonus(file, number, line.substring(tab + 1)));
            }
        }
        if (bonuses.isEmpty()) {
            throw new BatchFileException(file + ": has no hot words");
        }
        return of(bonuses);
    }

    private static double bonus(Path file, int line, String text) throws BatchFileException {
        try {
            double bonus = Double.parseDouble(text.strip());
            if (bonus > 0 && Double.isFinite(bonus)) {
                return bonus;
            }
        } catch (NumberFormatException e) {
            // as a number that is not positive
        }
        throw new BatchFileException(
                "%s: line %d: the bonus \"%s\" is not a positive number".formatted(file, line, text.strip()));
    }

    /** A scorer that gives each phrase's bonus wherever it is in a text. */
    public Scorer scorer(Tokens tokens) {
        return new TextScorer(tokens, phrases.start());
    }
}
