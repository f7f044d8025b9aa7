package io.github.tornadoctc.align;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes SubRip and WebVTT: words, as many together as fit a line that can be read in time. */
final class Subtitles {
    /** Characters of a line, which is what broadcasters allow. */
    private static final int MOST_CHARACTERS = 42;

    /** Seconds that a line stays, and that nothing is said before another one begins. */
    private static final double LONGEST = 7;

    private static final double PAUSE = 1;

    private Subtitles() {}

    static void writeSrt(Transcript transcript, Appendable out) throws IOException {
        int number = 1;
        for (List<TimedText> line : lines(transcript)) {
            out.append(String.format(
                    Locale.ROOT,
                    "%d\n%s --> %s\n%s\n\n",
                    number++,
                    time(line.getFirst().start(), ','),
                    time(line.getLast().end(), ','),
                    text(transcript, line.stream().map(TimedText::text).toList())));
        }
    }

    static void writeVtt(Transcript transcript, Appendable out) throws IOException {
        out.append("WEBVTT\n");
        for (List<TimedText> line : lines(transcript)) {
            List<String> words = new ArrayList<>();
            for (TimedText word : line) {
                // a cue begins without a time of its own
                String at = words.isEmpty() ? "" : "<" + time(word.start(), '.') + ">";
                words.add(at + escaped(word.text()));
            }
            out.append(String.format(
                    Locale.ROOT,
                    "\n%s --> %s\n%s\n",
                    time(line.getFirst().start(), '.'),
                    time(line.getLast().end(), '.'),
                    text(transcript, words)));
        }
    }

    /** Words have spaces between, symbols of a text without spaces do not. */
    private static String text(Transcript transcript, List<String> words) {
        return words.stream().collect(Collectors.joining(transcript.spaced() ? " " : ""));
    }

    private static List<List<TimedText>> lines(Transcript transcript) {
        List<List<TimedText>> lines = new ArrayList<>();
        List<TimedText> line = new ArrayList<>();
        int characters = 0;
        for (TimedText word : transcript.words()) {
            boolean full = characters + 1 + word.text().length() > MOST_CHARACTERS;
            if (!line.isEmpty()
                    && (full
                            || word.end() - line.getFirst().start() > LONGEST
                            || word.start() - line.getLast().end() >= PAUSE)) {
                lines.add(line);
                line = new ArrayList<>();
                characters = 0;
            }
            line.add(word);
            characters += word.text().length() + 1;
        }
        if (!line.isEmpty()) {
            lines.add(line);
        }
        return lines;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Hours, minutes, seconds and thousandths. */
    private static String time(double seconds, char point) {
        long millis = Math.round(seconds * 1000);
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d%c%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                point,
                millis % 1000);
    }
}
