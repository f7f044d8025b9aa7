package io.github.tornadoctc.cli;

import io.github.tornadoctc.shapes.SweptSize;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A size that grows, as in {@code T=100..20000}.
 *
 * @param from the smallest, at least 1
 * @param to the largest
 */
record SweepRange(SweptSize size, int from, int to) {
    private static final Pattern SYNTAX = Pattern.compile("([TBVU])=(\\d{1,9})\\.\\.(\\d{1,9})");

    /** Reads the option's value. */
    static final class Converter implements ITypeConverter<SweepRange> {
        @Override
        public SweepRange convert(String value) {
            Matcher matcher = SYNTAX.matcher(value.toUpperCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw new TypeConversionException("%s is not like T=100..20000, with T, B, V or U".formatted(value));
            }
            SweptSize size = SweptSize.valueOf(matcher.group(1));
            int from = Integer.parseInt(matcher.group(2));
            int to = Integer.parseInt(matcher.group(3));
            // a blank and a label
            int least = size == SweptSize.V ? 2 : 1;
            if (from < least || to < from) {
                throw new TypeConversionException("%s: sizes begin at %d and grow".formatted(value, least));
            }
            return new SweepRange(size, from, to);
        }
    }

    /** So many sizes in geometric steps, rounded; fewer where rounding makes two the same. */
    IntStream values(int count) {
        if (count == 1) {
            return IntStream.of(from);
        }
        double ratio = (double) to / from;
        return IntStream.range(0, count)
                .map(i -> (int) Math.round(from * Math.pow(ratio, i / (count - 1.0))))
                .distinct();
    }
}
