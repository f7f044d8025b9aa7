package io.github.tornadoctc.cli;

import io.github.tornadoctc.decoding.Scorer;
import io.github.tornadoctc.decoding.scorers.HotWords;
import io.github.tornadoctc.decoding.scorers.Lexicon;
import io.github.tornadoctc.decoding.scorers.NGramModel;
import io.github.tornadoctc.io.BatchFileException;
import io.github.tornadoctc.io.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is known of the language that is decoded. */
final class ScorerOptions {
    private static final String DEFAULT_COST = "5";
    private static final String DEFAULT_WEIGHT = "0.5";
    private static final String DEFAULT_WORD_BONUS = "1";
    private static final String DEFAULT_HOT_BONUS = "4";

    @Option(
            names = "--lexicon",
            paramLabel = "FILE",
            description = "Words that there are, one a line; what follows a word on its line is not read.")
    private @Nullable Path lexicon;

    @Option(names = "--lm", paramLabel = "FILE.arpa", description = "An n-gram model in the ARPA format, of any order.")
    private @Nullable Path model;

    @Option(
            names = "--hot-words",
            paramLabel = "FILE",
            description = "Words and phrases to expect, one a line, and behind a tab its own bonus.")
    private @Nullable Path hotWords;

    @Option(
            names = "--oov-cost",
            paramLabel = "NATS",
            converter = Choices.OfThreshold.class,
            defaultValue = DEFAULT_COST,
            description = "What a word costs that is not in the lexicon, and one that the model does not know; Infinity"
                    + " forbids them (default: " + DEFAULT_COST + ").")
    private double unknownCost;

    @Option(
            names = "--lm-weight",
            paramLabel = "W",
            converter = Choices.OfThreshold.class,
            defaultValue = DEFAULT_WEIGHT,
            description = "What the model's logarithms are multiplied by (default: " + DEFAULT_WEIGHT + ").")
    private double weight;

    @Option(
            names = "--word-bonus",
            paramLabel = "NATS",
            defaultValue = DEFAULT_WORD_BONUS,
            description =
                    "What each word counts beside the model, which prefers few (default: " + DEFAULT_WORD_BONUS + ").")
    private double wordBonus;

    @Option(names = "--lm-tokens", description = "The words of the model are tokens, and not words of the text.")
    private boolean ofTokens;

    @Option(
            names = "--hot-bonus",
            paramLabel = "NATS",
            defaultValue = DEFAULT_HOT_BONUS,
            description = "What a hot word counts that has no bonus of its own (default: " + DEFAULT_HOT_BONUS + ").")
    private double hotBonus;

    boolean given() {
        return lexicon != null || model != null || hotWords != null;
    }

    /**
     * All of them at once.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    Scorer read(Tokens tokens) throws BatchFileException {
        List<Scorer> scorers = new ArrayList<>();
        if (lexicon != null) {
            scorers.add(Lexicon.read(lexicon).scorer(tokens, unknownCost));
        }
        if (model != null) {
            NGramModel ngrams = NGramModel.read(model);
            scorers.add(
                    ofTokens
                            ? ngrams.scorerOfTokens(tokens, weight, wordBonus, unknownCost)
                            : ngrams.scorerOfWords(tokens, weight, wordBonus, unknownCost));
        }
        if (hotWords != null) {
            scorers.add(HotWords.read(hotWords, hotBonus).scorer(tokens));
        }
        return Scorer.sum(scorers);
    }
}
