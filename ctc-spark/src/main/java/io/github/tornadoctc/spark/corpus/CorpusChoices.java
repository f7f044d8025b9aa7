package io.github.tornadoctc.spark.corpus;

import io.github.tornadoctc.Scores;
import io.github.tornadoctc.io.NpyType;
import java.util.Arrays;
import java.util.Locale;
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
