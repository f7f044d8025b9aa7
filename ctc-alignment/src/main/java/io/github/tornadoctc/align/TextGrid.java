package io.github.tornadoctc.align;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes Praat's TextGrid (P. Boersma and D. Weenink, <i>Praat: doing phonetics by computer</i>, TextGrid file formats).
 * The intervals of a tier are without gaps, so what is between words is an interval with an empty text.
 */
final class TextGrid {
    /** Praat has no tier without time. */
    private static final double SHORTEST = 1e-3;

    private final Appendable out;
    private final boolean values;

    private TextGrid(Appendable out, boolean values) {
        this.out = out;
        this.values = values;
    }

    /**
     * Writes one utterance.
     *
     * @param values whether values alone are wanted, in the short form
     */
    static void write(Transcript transcript, boolean values, Appendable out) throws IOException {
        new TextGrid(out, values).write(transcript);
    }

    private void write(Transcript transcript) throws IOException {
        double end = Math.max(transcript.duration(), SHORTEST);
        out.append("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n");
        line("xmin = ", "0");
        line("xmax = ", number(end));
        line("tiers? ", "<exists>");
        line("size = ", "2");
        heading("item []:");
        tier(1, "words", transcript.words(), end);
        tier(2, "symbols", transcript.symbols(), end);
    }

    private void tier(int item, String name, List<TimedText> spoken, double end) throws IOException {
        List<TimedText> intervals = withoutGaps(spoken, end);
        heading("    item [" + item + "]:");
        line("        class = ", "\"IntervalTier\"");
        line("        name = ", quoted(name));
        line("        xmin = ", "0");
        line("        xmax = ", number(end));
        line("        intervals: size = ", Integer.toString(intervals.size()));
        for (int i = 0; i < intervals.size(); i++) {
            heading("        intervals [" + (i + 1) + "]:");
            line("            xmin = ", number(intervals.get(i).start()));
            line("            xmax = ", number(intervals.get(i).end()));
            line("            text = ", quoted(intervals.get(i).text()));
        }
    }

    private static List<TimedText> withoutGaps(List<TimedText> spoken, double end) {
        List<TimedText> intervals = new ArrayList<>();
        double at = 0;
        for (TimedText next : spoken) {
            if (next.start() > at) {
                intervals.add(new TimedText("", at, next.start(), 1));
            }
            intervals.add(next);
            at = next.end();
        }
        if (at < end) {
            intervals.add(new TimedText("", at, end, 1));
        }
        return intervals;
    }

    private void heading(String text) throws IOException {
        if (!values) {
            out.append(text).append('\n');
        }
    }

    private void line(String name, String value) throws IOException {
        out.append(values ? "" : name).append(value).append('\n');
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /** Seconds, to the microsecond, as Praat writes them: without an exponent or zeros at the end. */
    private static String number(double seconds) {
        return BigDecimal.valueOf(Math.round(seconds * 1e6), 6)
                .stripTrailingZeros()
                .toPlainString();
    }
}
