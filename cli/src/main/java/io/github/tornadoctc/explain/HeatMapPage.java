package io.github.tornadoctc.explain;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Locale;
import javax.imageio.ImageIO;

/** An utterance as a page: the heat map with its labels' names beside it and the best path over it, and a table. */
public final class HeatMapPage {
    private static final int TICKS = 10;
    /** The plot is about so many pixels high, where that leaves a line of text for a label and a blank. */
    private static final int HEIGHT = 720;

    private static final int SMALLEST_STATE = 7;
    private static final int LARGEST_STATE = 32;

    private static final String STYLE =
            """
            .plot { display: flex; width: 100%; max-width: 100%; }
            .names { flex: none; padding-right: .4rem; text-align: right; font-size: 12px; margin-top: var(--state); }
            .names div { height: calc(2 * var(--state)); line-height: var(--state); white-space: nowrap; }
            .map { flex: 1; min-width: 0; overflow-x: auto; }
            .map > div { position: relative; }
            .map svg { display: block; width: 100%; outline: 1px solid var(--line); outline-offset: -1px;
              background: repeating-linear-gradient(var(--page) 0 var(--state),
                var(--band) var(--state) calc(2 * var(--state))); }
            .map image { image-rendering: pixelated; }
            .map polyline { fill: none; stroke: var(--path); stroke-width: 1.75; stroke-linejoin: round;
              vector-effect: non-scaling-stroke; }
            .ticks { position: relative; height: 1.6rem; font-size: 12px; color: var(--faint); }
            .ticks span { position: absolute; transform: translateX(-50%); }
            .ticks span::before { content: ""; display: block; height: 4px; margin: 0 auto; width: 1px;
              background: var(--faint); }
            .legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: 14px; color: var(--faint); }
            .legend i { display: inline-block; vertical-align: middle; margin-right: .4rem; }
            .ramp { width: 5rem; height: .75rem; background: linear-gradient(90deg, transparent, var(--heat));
              outline: 1px solid var(--line); }
            .stroke { width: 1.5rem; height: 2px; background: var(--path); }
            """;

    private final Occupation occupation;

    /** A page about an utterance. */
    public HeatMapPage(Occupation occupation) {
        this.occupation = occupation;
    }

    /** The page. */
    public String html() {
        String body =
                "<h1>%s</h1>%n%s%s%s".formatted(Html.escape(occupation.title()), summary(), plot(occupation), table());
        return Html.page("CTC: " + occupation.title(), STYLE, body);
    }

    private String summary() {
        return """
                <p>%d frames, %d labels, %d symbols. Loss <b>%s</b>; the best path alone has <b>%s</b> of the target's
                probability.</p>
                """
                .formatted(
                        occupation.frames(),
                        occupation.labels().size(),
                        occupation.symbols(),
                        Values.logarithm(occupation.loss()),
                        Values.percent(occupation.bestShare()));
    }

    /** The heat map itself. */
    private static String plot(Occupation occupation) {
        int state = Math.max(SMALLEST_STATE, Math.min(LARGEST_STATE, HEIGHT / occupation.states()));
        StringBuilder names = new StringBuilder();
        for (int u = 0; u < occupation.labels().size(); u++) {
            names.append("<div>")
                    .append(Html.escape(occupation.visibleLabel(u)))
                    .append("</div>\n");
        }
        int frames = occupation.frames();
        String size = "width=\"%d\" height=\"%d\"".formatted(frames, occupation.states());
        return """
                <div class="plot" style="--state: %1$dpx">
                <div class="names" aria-hidden="true">
                %2$s</div>
                <div class="map"><div style="min-width: %3$dpx">
                <svg viewBox="0 0 %4$d %5$d" height="%6$d" preserveAspectRatio="none" role="img"
                 aria-label="Posterior of each state at each frame, and the best path; the table below has it in numbers">
                <image %7$s preserveAspectRatio="none" href="data:image/png;base64,%8$s"/>
                <polyline points="%9$s"/>
                </svg>
                <div class="ticks">%10$s</div>
                </div></div>
                </div>
                <p class="legend"><span><i class="ramp"></i>posterior 0 to 1</span>
                <span><i class="stroke"></i>best path</span>
                <span>time in frames from left to right; grey rows are labels, the rows between them blanks</span></p>
                """
                .formatted(
                        state,
                        names,
                        2 * frames,
                        frames,
                        occupation.states(),
                        state * occupation.states(),
                        size,
                        base64(occupation),
                        points(occupation),
                        ticks(frames));
    }

    private static String base64(Occupation occupation) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false);
            ImageIO.write(HeatMap.image(occupation), "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of an array
        }
        return Base64.getEncoder().encodeToString(png.toByteArray());
    }

    private static String points(Occupation occupation) {
        int[] states = occupation.bestStates();
        StringBuilder points = new StringBuilder();
        for (int t = 0; t < states.length; t++) {
            points.append(t == 0 ? "" : t % 12 == 0 ? "\n" : " ")
                    .append(t)
                    .append(".5,")
                    .append(states[t])
                    .append(".5");
        }
        return points.toString();
    }

    private static String ticks(int frames) {
        StringBuilder ticks = new StringBuilder();
        int distance = HeatMap.tickDistance(frames, TICKS);
        for (int t = 0; t < frames; t += distance) {
            ticks.append(
                    String.format(Locale.ROOT, "<span style=\"left: %.3f%%\">%d</span>", 100 * (t + 0.5) / frames, t));
        }
        return ticks.toString();
    }

    private String table() {
        StringBuilder rows = new StringBuilder();
        int u = 0;
        for (Occupation.Segment segment : occupation.segments()) {
            rows.append("<tr><td class=\"number\">%d</td><td>%s</td><td>%s</td><td class=\"number\">%s</td></tr>%n"
                    .formatted(
                            u++, Html.escape(segment.label()), segment.frames(), Values.percent(segment.posterior())));
        }
        return """
                <h2>The best path</h2>
                <p class="faint">For each label the frames in which the best path has it, and the mean posterior of its
                state there. All other frames are blank.</p>
                <div class="scroll"><table>
                <tr><th class="number">u</th><th>label</th><th>frames</th><th class="number">posterior</th></tr>
                %s</table></div>
                """
                .formatted(rows);
    }
}
