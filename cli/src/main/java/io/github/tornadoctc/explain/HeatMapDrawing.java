package io.github.tornadoctc.explain;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link HeatMapImage} in the making. */
final class HeatMapDrawing {
    private static final Color INK = new Color(0x1f2328);
    private static final Color FAINT = new Color(0x59636e);
    private static final Color BAND = new Color(0xf3f4f6);
    private static final Color PATH = new Color(0xd9480f);
    private static final Color HEAT = new Color(HeatMap.COLOUR);

    /** The plot is about so wide and high, where that leaves cells big enough to be seen and few enough to be drawn. */
    private static final int WIDTH = 1100;

    private static final int HEIGHT = 800;
    private static final int LARGEST_CELL = 120;
    private static final int LARGEST_STATE = 48;
    /** What the head and the legend need, however few frames there are. */
    private static final int LEAST_WIDTH = 600;
    /** Two states of this height, a label and a blank, take as much as a line of text. */
    private static final int SMALLEST_STATE = 6;

    private static final int MARGIN = 16;
    private static final int HEAD = 62;
    private static final int FOOT = 66;
    private static final int TICK = 5;

    private final Occupation occupation;
    private final @Nullable Font font;
    private final int columns;
    private final int cell;
    private final int state;
    private final int left;
    private final int plotWidth;
    private final int plotHeight;
    private final BufferedImage image;
    private final Graphics2D graphics;

    HeatMapDrawing(Occupation occupation, @Nullable Font font, @Nullable FontMetrics metrics) {
        this.occupation = occupation;
        this.font = font;
        this.columns = HeatMap.columns(occupation);
        this.cell = Math.max(1, Math.min(LARGEST_CELL, WIDTH / columns));
        this.state = Math.max(SMALLEST_STATE, Math.min(LARGEST_STATE, HEIGHT / occupation.states()));
        int names = 0;
        for (int u = 0; metrics != null && u < occupation.labels().size(); u++) {
            names = Math.max(names, metrics.stringWidth(occupation.visibleLabel(u)));
        }
        this.left = MARGIN + names + 8;
        this.plotWidth = columns * cell;
        this.plotHeight = occupation.states() * state;
        int width = Math.max(left + plotWidth + MARGIN, LEAST_WIDTH);
        this.image = new BufferedImage(width, HEAD + plotHeight + FOOT, BufferedImage.TYPE_INT_RGB);
        this.graphics = image.createGraphics();
    }

    BufferedImage draw() {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        drawStates();
        graphics.drawImage(HeatMap.image(occupation), left, HEAD, plotWidth, plotHeight, null);
        graphics.setColor(FAINT);
        graphics.drawRect(left - 1, HEAD - 1, plotWidth + 1, plotHeight + 1);
        drawPath();
        drawTicks();
        drawHeadAndLegend();
        graphics.dispose();
        return image;
    }

    /** A band behind each label, so that the eye finds its name. */
    private void drawStates() {
        List<String> labels = occupation.labels();
        for (int u = 0; u < labels.size(); u++) {
            int top = HEAD + (2 * u + 1) * state;
            graphics.setColor(BAND);
            graphics.fillRect(left, top, plotWidth, state);
            int width = font == null ? 0 : graphics.getFontMetrics(font).stringWidth(occupation.visibleLabel(u));
            text(occupation.visibleLabel(u), left - 6 - width, top + state / 2 + 4, INK, 0);
        }
    }

    private void drawPath() {
        int[] states = occupation.bestStates();
        Path2D line = new Path2D.Double();
        for (int t = 0; t < states.length; t++) {
            double x = left + (t + 0.5) * plotWidth / states.length;
            double y = HEAD + (states[t] + 0.5) * state;
            if (t == 0) {
                line.moveTo(x, y);
            }
            line.lineTo(x, y);
        }
        graphics.setColor(PATH);
        graphics.setStroke(new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(line);
        graphics.setStroke(new BasicStroke(1));
    }

    private void drawTicks() {
        int frames = occupation.frames();
        int distance = HeatMap.tickDistance(frames, Math.max(2, plotWidth / 50));
        int bottom = HEAD + plotHeight;
        for (int t = 0; t < frames; t += distance) {
            int x = left + (int) ((t + 0.5) * plotWidth / frames);
            graphics.setColor(FAINT);
            graphics.drawLine(x, bottom, x, bottom + TICK);
            text(Integer.toString(t), x - 3 * Integer.toString(t).length(), bottom + TICK + 13, FAINT, 0);
        }
    }

    private void drawHeadAndLegend() {
        text(occupation.title(), left, 24, INK, 4);
        text(
                "%s   loss %s   best path: %s of the target's probability"
                        .formatted(
                                occupation.sizes(),
                                Values.logarithm(occupation.loss()),
                                Values.percent(occupation.bestShare())),
                left,
                46,
                FAINT,
                0);
        int y = HEAD + plotHeight + FOOT - 18;
        int ramp = 80;
        for (int i = 0; i < ramp; i++) {
            graphics.setColor(new Color(HEAT.getRed(), HEAT.getGreen(), HEAT.getBlue(), 255 * i / (ramp - 1)));
            graphics.fillRect(left + i, y - 9, 1, 10);
        }
        text("posterior 0 to 1", left + ramp + 6, y, FAINT, 0);
        graphics.setColor(PATH);
        graphics.fillRect(left + ramp + 126, y - 5, 24, 2);
        text("best path", left + ramp + 156, y, FAINT, 0);
        text("frames from left to right", left + ramp + 240, y, FAINT, 0);
    }

    private void text(String text, int x, int y, Color colour, int larger) {
        if (font != null) {
            graphics.setFont(font.deriveFont(12f + larger));
            graphics.setColor(colour);
            graphics.drawString(text, x, y);
        }
    }
}
