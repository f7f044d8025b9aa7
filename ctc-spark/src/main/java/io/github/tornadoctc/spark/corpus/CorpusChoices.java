package io.github.tornadoctc.spark.corpus;

import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.io.NpyType;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The values that options take, by the names that the command line has for them. */
final class CorpusChoices {
    private CorpusChoices() {}

    /** What the scores are. */
    static final class OfScores implements ITypeConverter<Scores> {
        @Override
        public Scores convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "logits" -> Scores.LOGITS;
                case "log-probs" -> Scores.LOG_PROBS;
                default -> throw new TypeConversionException("%s is none of logits, log-probs".formatted(value));
            };
        }
    }

    /** A number of bytes. */
    static final class OfBytes implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            return number(
                    value,
                    text -> CtcConfiguration.parseBytes("bytes", text),
                    bytes -> bytes >= 1,
                    "number of bytes of 1 or more, such as 512MB");
        }
    }

    /** How many. */
    static final class OfCount implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return number(value, Integer::valueOf, count -> count >= 1, "whole number of 1 or more");
        }
    }

    /** How much less likely, in nats. */
    static final class OfThreshold implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            return number(value, Double::valueOf, nats -> nats >= 0, "number of 0 or more");
        }
    }

    /** What something costs, in nats. */
    static final class OfCost implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            return number(value, Double::valueOf, Double::isFinite, "finite number");
        }
    }

    private static <N> N number(String value, Function<String, N> parser, Predicate<N> allowed, String wanted) {
        try {
            N number = parser.apply(value);
            if (allowed.test(number)) {
                return number;
            }
        } catch (IllegalArgumentException e) {
            // the exception below says so
        }
        throw new TypeConversionException("%s is not a %s".formatted(value, wanted));
    }

    /** A floating-point type. */
    static final class OfType implements ITypeConverter<NpyType> {
        @Override
        public NpyType convert(String value) {
            return Arrays.stream(NpyType.values())
                    .filter(type -> type.isFloat() && type.toString().equalsIgnoreCase(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "%s is none of float16, bfloat16, float32, float64".formatted(value)));
        }
    }
}
