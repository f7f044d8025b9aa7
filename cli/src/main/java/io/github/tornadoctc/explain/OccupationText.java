package io.github.tornadoctc.explain;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** An utterance for the terminal: a row per label, time from left to right, the darker the more probable. */
public final class OccupationText {
    private static final String SHADES = " ░▒▓█";
    private static final String ASCII_SHADES = " .+*#";
    private static final String ASCII_SPACE = "(space)";

    private final Occupation occupation;
    private final int width;
    private final boolean ascii;

    /** What to print of an utterance, in lines of at most so many characters where its labels leave room for that. */
    public OccupationText(Occupation occupation, int width, boolean ascii) {
        this.occupation = occupation;
        this.width = width;
        this.ascii = ascii;
    }

    /** Prints it. */
    public void print(PrintWriter out) {
        out.println("%s  %s".formatted(occupation.title(), occupation.sizes()));
        out.println("loss %s; the best path alone has %s of the target's probability"
                .formatted(Values.logarithm(occupation.loss()), Values.percent(occupation.bestShare())));
        out.println();
        List<Occupation.Segment> segments = occupation.segments();
        int nameWidth = "(blank)".length();
        int framesWidth = "best path".length();
        for (Occupation.Segment segment : segments) {
            nameWidth = Math.max(nameWidth, name(segment).length());
            framesWidth = Math.max(framesWidth, segment.frames().length());
        }
        String row = "%-" + nameWidth + "s  %" + framesWidth + "s  |%s|";
        int columns = Math.max(
                8,
                Math.min(occupation.frames(), width - row.formatted("", "", "").length()));
        columns = Math.min(columns, occupation.frames());
        out.println(row.formatted("label", "best path", axis(columns)));
        for (int u = 0; u < segments.size(); u++) {
            int state = 2 * u + 1;
            Occupation.Segment segment = segments.get(u);
            out.println(row.formatted(
                    name(segment), segment.frames(), shades(columns, t -> occupation.posterior(t, state))));
        }
        out.println(row.formatted("(blank)", "", shades(columns, occupation::blankPosterior)));
        out.println();
        out.println(legend(columns));
    }

    private String name(Occupation.Segment segment) {
        return ascii && segment.label().equals("␣") ? ASCII_SPACE : segment.label();
    }

    /** The first frame of each column that is a multiple of ten columns from the left. */
    private String axis(int columns) {
        StringBuilder axis = new StringBuilder();
        for (int column = 0; column < columns; column += 10) {
            String tick = Integer.toString(first(column, columns));
            if (column + tick.length() <= columns) {
                axis.append(" ".repeat(column - axis.length())).append(tick);
            }
        }
        return axis + " ".repeat(columns - axis.length());
    }

    /** Each column is as dark as the darkest of its frames: a label of one frame must not vanish. */
    private String shades(int columns, IntToDoubleFunction posterior) {
        String shades = ascii ? ASCII_SHADES : SHADES;
        StringBuilder row = new StringBuilder();
        for (int column = 0; column < columns; column++) {
            double largest = 0;
            for (int t = first(column, columns); t < first(column + 1, columns); t++) {
                largest = Math.max(largest, posterior.applyAsDouble(t));
            }
            row.append(shades.charAt((int) Math.round(Math.min(largest, 1) * (shades.length() - 1))));
        }
        return row.toString();
    }

    private int first(int column, int columns) {
        return (int) ((long) column * occupation.frames() / columns);
    }

    private String legend(int columns) {
        StringBuilder legend = new StringBuilder("posterior:");
        String shades = ascii ? ASCII_SHADES : SHADES;
        for (int i = 1; i < shades.length(); i++) {
            legend.append(' ').append(shades.charAt(i)).append(' ').append(25 * i + "%");
        }
        legend.append("; nothing below 12.5%");
        if (columns < occupation.frames()) {
            legend.append("; a column is the most of its %s frames".formatted(framesPerColumn(columns)));
        }
        return legend.toString();
    }

    private String framesPerColumn(int columns) {
        int least = occupation.frames() / columns;
        return occupation.frames() % columns == 0 ? Integer.toString(least) : least + " or " + (least + 1);
    }
}
