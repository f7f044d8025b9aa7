package io.github.tornadoctc.explain;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * An aligned utterance as a PNG: above, what was read, stretched to the length of its frames; under it a box for each label
 * from its first frame to its last, red where the scores do not say it and green where they do; and a tick every ten
 * frames.
 */
public final class AlignmentImage {
    private static final Color INK = new Color(0x1f2328);
    private static final Color FAINT = new Color(0x8c959f);
    private static final int LEAST_FRAME = 8;
    private static final int MOST_WIDTH = 16_000;
    private static final int MARGIN = 12;
    private static final int TITLE = 24;
    private static final int BOX = 30;
    private static final int AXIS = 22;
    private static final int TICK_FRAMES = 10;
    /** Hues of red and green in the colour circle. */
    private static final float GREEN = 1f / 3;

    private final BufferedImage image;

    private AlignmentImage(BufferedImage image) {
        this.image = image;
    }

    /**
     * Draws an utterance.
     *
     * @param over an image of what was read, or null
     * @throws IllegalArgumentException if that cannot be read, or AWT cannot draw text here
     */
    public static AlignmentImage of(DrawnUtterance utterance, @Nullable Path over) {
        BufferedImage read = over == null ? null : read(over);
        int frame =
                read == null ? LEAST_FRAME : Math.max(LEAST_FRAME, Math.ceilDiv(read.getWidth(), utterance.frames()));
        int width = Math.clamp((long) frame * utterance.frames(), 1, MOST_WIDTH);
        int above = read == null ? 0 : Math.max(1, Math.round(read.getHeight() * (width / (float) read.getWidth())));
        BufferedImage image = new BufferedImage(
                width + 2 * MARGIN, MARGIN + TITLE + above + BOX + AXIS + MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
            graphics.setColor(INK);
            graphics.drawString(
                    utterance.title(),
                    MARGIN,
                    MARGIN + graphics.getFontMetrics().getAscent());
            if (read != null) {
                graphics.drawImage(read, MARGIN, MARGIN + TITLE, width, above, null);
            }
            int boxes = MARGIN + TITLE + above;
            for (DrawnLabel label : utterance.labels()) {
                draw(graphics, label, boxes, width / (double) utterance.frames());
            }
            drawAxis(graphics, utterance.frames(), boxes + BOX, width);
        } catch (RuntimeException | Error e) {
            // no fonts: java.lang.Error; no fontconfig: RuntimeException; no freetype: UnsatisfiedLinkError
            throw new IllegalArgumentException(
                    "AWT cannot draw text here (%s); on Debian or Ubuntu: apt-get install fontconfig fonts-dejavu-core libfreetype6"
                            .formatted(e),
                    e);
        } finally {
            graphics.dispose();
        }
        return new AlignmentImage(image);
    }

    private static BufferedImage read(Path file) {
        try {
            BufferedImage read = Files.exists(file) ? ImageIO.read(file.toFile()) : null;
            if (read == null) {
                throw new IllegalArgumentException(
                        "%s: cannot be read: %s".formatted(file, Files.exists(file) ? "no image" : "no such file"));
            }
            return read;
        } catch (IOException e) {
            throw new IllegalArgumentException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static void draw(Graphics2D graphics, DrawnLabel label, int top, double frame) {
        double left = MARGIN + label.start() * frame;
        double boxWidth = (label.end() - label.start()) * frame;
        Rectangle2D box = new Rectangle2D.Double(left, top + 1, boxWidth, BOX - 2);
        graphics.setColor(Color.getHSBColor((float) (GREEN * label.confidence()), 0.45f, 0.95f));
        graphics.fill(box);
        graphics.setColor(FAINT);
        graphics.setStroke(new BasicStroke(0.7f));
        graphics.draw(box);
        FontMetrics metrics = graphics.getFontMetrics();
        graphics.setColor(INK);
        float x = (float) (left + (boxWidth - metrics.stringWidth(label.name())) / 2);
        graphics.drawString(label.name(), x, top + (BOX + metrics.getAscent() - metrics.getDescent()) / 2f);
    }

    private static void drawAxis(Graphics2D graphics, int frames, int top, int width) {
        graphics.setColor(FAINT);
        for (int t = 0; t <= frames; t += TICK_FRAMES) {
            double x = MARGIN + t * (width / (double) frames);
            graphics.draw(new Line2D.Double(x, top, x, top + 4));
            graphics.drawString(Integer.toString(t), (float) x + 2, top + AXIS - 4f);
        }
    }

    /** Writes it as PNG. */
    public void writeTo(OutputStream out) throws IOException {
        // a file for its cache would be one more thing that can go wrong
        ImageIO.setUseCache(false);
        if (!ImageIO.write(image, "png", out)) {
            throw new IOException("this Java writes no PNG");
        }
    }
}
