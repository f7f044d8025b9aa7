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
import java.util.Optional;
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
            description = "What a word costs that is not in the lexicon, and one that the model does not know; Infinity"
                    + " forbids them (default: " + DEFAULT_COST + ").")
    private @Nullable Double unknownCost;

    @Option(
            names = "--lm-weight",
            paramLabel = "W",
            converter = Choices.OfThreshold.class,
            description = "What the model's logarithms are multiplied by (default: " + DEFAULT_WEIGHT + ").")
    private @Nullable Double weight;

    @Option(
            names = "--word-bonus",
            paramLabel = "NATS",
            description =
                    "What each word counts beside the model, which prefers few (default: " + DEFAULT_WORD_BONUS + ").")
    private @Nullable Double wordBonus;

    @Option(names = "--lm-tokens", description = "The words of the model are tokens, and not words of the text.")
    private boolean ofTokens;

    @Option(
            names = "--hot-bonus",
            paramLabel = "NATS",
            description = "What a hot word counts that has no bonus of its own (default: " + DEFAULT_HOT_BONUS + ").")
    private @Nullable Double hotBonus;

    boolean given() {
        return lexicon != null || model != null || hotWords != null;
    }

    /** An option that says nothing without another one that is not given, in words; empty if there is none. */
    Optional<String> lacking() {
        if (hotWords == null && hotBonus != null) {
            return Optional.of("--hot-bonus is of hot words, which --hot-words gives");
        }
        if (model == null && (weight != null || wordBonus != null || ofTokens)) {
            return Optional.of("--lm-weight, --word-bonus and --lm-tokens are of a model, which --lm gives");
        }
        if (lexicon == null && model == null && unknownCost != null) {
            return Optional.of("--oov-cost is of words that --lexicon or --lm does not have, and neither is given");
        }
        return Optional.empty();
    }

    private static double or(@Nullable Double given, String otherwise) {
        return given == null ? Double.parseDouble(otherwise) : given;
    }

    /**
     * All of them at once.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    Scorer read(Tokens tokens) throws BatchFileException {
        List<Scorer> scorers = new ArrayList<>();
        double unknown = or(unknownCost, DEFAULT_COST);
        double lmWeight = or(weight, DEFAULT_WEIGHT);
        double bonus = or(wordBonus, DEFAULT_WORD_BONUS);
        if (lexicon != null) {
            scorers.add(Lexicon.read(lexicon).scorer(tokens, unknown));
        }
        if (model != null) {
            NGramModel ngrams = NGramModel.read(model);
            scorers.add(
                    ofTokens
                            ? ngrams.scorerOfTokens(tokens, lmWeight, bonus, unknown)
                            : ngrams.scorerOfWords(tokens, lmWeight, bonus, unknown));
        }
        if (hotWords != null) {
            scorers.add(HotWords.read(hotWords, or(hotBonus, DEFAULT_HOT_BONUS)).scorer(tokens));
        }
        return Scorer.sum(scorers);
    }
}
