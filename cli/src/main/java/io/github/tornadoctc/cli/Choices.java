package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.measure.Mode;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The values that options take, by the names that the command line has for them. */
final class Choices {
    /** An hour for each measurement is more than anybody waits for. */
    private static final int LONGEST_SECONDS = 3600;
    /** So that no logit comes near the largest float. */
    private static final double MOST_SCALE = 1e6;

    /** Milliseconds; no frame of anything is longer than a minute. */
    private static final double LONGEST_FRAME = 60_000;

    /** TornadoVM's backend and the device's number there; a backend that has one device calls it by a number. */
    private static final Pattern DEVICE = Pattern.compile("\\d+(:\\d+)?");

    /** What chooses a backend by itself. */
    static final String AUTO = "auto";

    private Choices() {}

    /** The best backend other than that one that is chosen by itself and can be used here; empty if there is none. */
    static String otherThan(String backend) {
        return CtcBackends.providers().stream()
                .filter(provider -> !provider.name().equals(backend) && provider.rank() >= 0)
                .filter(provider -> provider.unavailable().isEmpty())
                .map(CtcBackendProvider::name)
                .findFirst()
                .orElse("");
    }

    /** The names of all backends, usable here or not, for help. */
    static final class Backends implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.concat(
                            Stream.of(AUTO), CtcBackends.providers().stream().map(CtcBackendProvider::name))
                    .iterator();
        }
    }

    /** The axes of the logits. */
    static final class OfLayout implements ITypeConverter<Layout> {
        @Override
        public Layout convert(String value) {
            return switch (value.toUpperCase(Locale.ROOT)) {
                case "TBV" -> Layout.TIME_MAJOR;
                case "BTV" -> Layout.BATCH_MAJOR;
                default -> throw new TypeConversionException("%s is none of TBV, BTV".formatted(value));
            };
        }
    }

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

    /** How losses become one. */
    static final class OfReduction implements ITypeConverter<Reduction> {
        @Override
        public Reduction convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "none" -> Reduction.NONE;
                case "sum" -> Reduction.SUM;
                case "mean" -> Reduction.MEAN;
                default -> throw new TypeConversionException("%s is none of none, sum, mean".formatted(value));
            };
        }
    }

    /** What a gradient is to be stored as. */
    static final class OfGradientType implements ITypeConverter<GradientType> {
        @Override
        public GradientType convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "float32" -> GradientType.FLOAT32;
                case "scores" -> GradientType.SCORES;
                default -> throw new TypeConversionException("%s is none of float32, scores".formatted(value));
            };
        }
    }

    /** A backend on the class path, or auto. */
    static final class OfBackend implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (!value.equals(AUTO)) {
                orNotAChoice(() -> CtcBackends.provider(value));
            }
            return value;
        }
    }

    /** A device, by the id that the command devices lists. That it is there is for its backend to say. */
    static final class OfDevice implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            return orNotAChoice(() -> checkDevice(value));
        }
    }

    /**
     * The id of a device, if it can be one.
     *
     * @throws IllegalArgumentException if it cannot
     */
    static String checkDevice(String id) {
        if (!DEVICE.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "%s is not the id of a device, such as 0:1; the command devices lists them".formatted(id));
        }
        return id;
    }

    /** How many bytes something may take. */
    static final class OfBytes implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            try {
                long bytes = CtcConfiguration.parseBytes("bytes", value);
                if (bytes >= 1) {
                    return bytes;
                }
            } catch (IllegalArgumentException e) {
                // the exception below says so
            }
            throw new TypeConversionException(
                    "%s is not a number of bytes of 1 or more, such as 512MB".formatted(value));
        }
    }

    /** A backend, or one of its devices: {@code tornado@0:1}. */
    static final class OfBackendAndDevice implements ITypeConverter<BackendChoice> {
        @Override
        public BackendChoice convert(String value) {
            return orNotAChoice(() -> BackendChoice.of(value));
        }
    }

    /** Benchmark shapes, by the name of one or all at once. */
    record Shapes(List<CtcShape> list) {
        /** Those of all elements of a list of names; of none, {@code otherwise}. */
        static List<CtcShape> of(List<Shapes> named, List<CtcShape> otherwise) {
            return named.isEmpty()
                    ? otherwise
                    : named.stream().flatMap(each -> each.list.stream()).toList();
        }
    }

    /** A benchmark shape, or all of them. */
    static final class OfShapes implements ITypeConverter<Shapes> {
        @Override
        public Shapes convert(String value) {
            return value.equalsIgnoreCase("all")
                    ? new Shapes(BenchmarkShapes.ALL)
                    : new Shapes(List.of(new OfShape().convert(value)));
        }
    }

    /** What logits are multiplied by. */
    static final class OfScale implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            double scale = numberOrNaN(value);
            if (!(scale > 0 && scale <= MOST_SCALE)) {
                throw new TypeConversionException(
                        "%s is not a number above 0, up to %.0f".formatted(value, MOST_SCALE));
            }
            return scale;
        }
    }

    /** A benchmark shape. */
    static final class OfShape implements ITypeConverter<CtcShape> {
        @Override
        public CtcShape convert(String value) {
            return orNotAChoice(() -> BenchmarkShapes.named(value));
        }
    }

    /** How many times to do something. */
    static final class OfCount implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            try {
                int count = Integer.parseInt(value);
                if (count >= 1) {
                    return count;
                }
            } catch (NumberFormatException e) {
                // the exception below says so
            }
            throw new TypeConversionException("%s is not a whole number of 1 or more".formatted(value));
        }
    }

    /** The largest error that is let pass. */
    static final class OfThreshold implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            double threshold = numberOrNaN(value);
            // also when it is NaN, which would let everything pass
            if (!(threshold >= 0)) {
                throw new TypeConversionException("%s is not a number of 0 or more".formatted(value));
            }
            return threshold;
        }
    }

    /** What of a backend to time. */
    record Modes(List<Mode> list) {
        static final Modes BOTH = new Modes(List.of(Mode.STEP, Mode.LOSS));
    }

    /** One mode of a benchmark, or both that are of losses. */
    static final class OfModes implements ITypeConverter<Modes> {
        @Override
        public Modes convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "step" -> new Modes(List.of(Mode.STEP));
                case "loss" -> new Modes(List.of(Mode.LOSS));
                case "both" -> Modes.BOTH;
                case "align" -> new Modes(List.of(Mode.ALIGN));
                default -> throw new TypeConversionException("%s is none of step, loss, both, align".formatted(value));
            };
        }
    }

    /** A time that something may take. */
    static final class OfSeconds implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            double seconds = numberOrNaN(value);
            if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
                throw new TypeConversionException(
                        "%s is not a number of seconds above 0, up to %d".formatted(value, LONGEST_SECONDS));
            }
            return seconds;
        }
    }

    /** A form that alignments are written in. */
    static final class OfAlignmentFormat implements ITypeConverter<AlignmentOutput.Format> {
        @Override
        public AlignmentOutput.Format convert(String value) {
            try {
                return AlignmentOutput.Format.valueOf(
                        value.toUpperCase(Locale.ROOT).replace('-', '_'));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "%s is none of table, json, ctm, srt, vtt, textgrid, textgrid-short".formatted(value));
            }
        }
    }

    /** How long a frame is. */
    static final class OfMilliseconds implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            double millis = numberOrNaN(value);
            if (!(millis > 0 && millis <= LONGEST_FRAME)) {
                throw new TypeConversionException(
                        "%s is not a number of milliseconds above 0, up to %.0f".formatted(value, LONGEST_FRAME));
            }
            return millis;
        }
    }

    private static double numberOrNaN(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static <T> T orNotAChoice(Supplier<T> choice) {
        try {
            return choice.get();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
