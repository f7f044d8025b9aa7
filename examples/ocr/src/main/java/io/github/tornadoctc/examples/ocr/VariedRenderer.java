package io.github.tornadoctc.examples.ocr;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.GlyphVector;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;

/**
 * Draws lines in many fonts and sizes. Small ones are enlarged to the height that the network was trained on, as those of a
 * photograph of a page are, and get so blurred that it does not read all of them well.
 */
final class VariedRenderer {
    private static final List<String> FAMILIES = List.of(
            "DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono", "DejaVu Sans Condensed", "DejaVu Serif Condensed");
    private static final List<Integer> STYLES = List.of(Font.PLAIN, Font.BOLD, Font.ITALIC, Font.BOLD | Font.ITALIC);
    /** In pixels of the drawn line; with 32 it needs no enlarging. Numbers of fonts, styles and sizes have no common factor. */
    private static final List<Integer> SIZES = List.of(7, 8, 9, 10, 12, 16, 32);
    /** Of the line's height, what a capital's font size is, and what is left white on either side. */
    private static final double SIZE_OF_HEIGHT = 32.0 / LineImage.HEIGHT;

    private static final double MARGIN_OF_HEIGHT = 6.0 / LineImage.HEIGHT;

    private VariedRenderer() {}

    /** The font of the i-th line. */
    static Font font(int i) {
        return new Font(FAMILIES.get(i % FAMILIES.size()), STYLES.get(i % STYLES.size()), SIZES.get(i % SIZES.size()));
    }

    /** Draws the i-th line. */
    static LineImage draw(int i, String text) {
        Font font = font(i);
        int height = (int) Math.round(font.getSize() / SIZE_OF_HEIGHT);
        int margin = (int) Math.round(height * MARGIN_OF_HEIGHT);
        FontMetrics metrics = LineRenderer.metrics(font);
        BufferedImage drawn = white(metrics.stringWidth(text) + 2 * margin, height);
        Graphics2D graphics = drawn.createGraphics();
        graphics.setColor(Color.BLACK);
        graphics.setFont(font);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        int above = (height - metrics.getAscent() - metrics.getDescent()) / 2;
        graphics.drawString(text, margin, above + metrics.getAscent());
        graphics.dispose();
        return enlarged(drawn);
    }

    /** Where the glyph of each character of the i-th line has its centre, in pixels from the left of the image. */
    static double[] centres(int i, String text) {
        Font font = font(i);
        int height = (int) Math.round(font.getSize() / SIZE_OF_HEIGHT);
        int margin = (int) Math.round(height * MARGIN_OF_HEIGHT);
        FontMetrics metrics = LineRenderer.metrics(font);
        int width = metrics.stringWidth(text) + 2 * margin;
        double scale = enlargedWidth(width, height) / (double) width;
        GlyphVector glyphs = font.createGlyphVector(metrics.getFontRenderContext(), text);
        double[] centres = new double[text.length()];
        for (int k = 0; k < centres.length; k++) {
            // a space has nothing to be seen
            Rectangle2D bounds = Character.isWhitespace(text.charAt(k))
                    ? glyphs.getGlyphLogicalBounds(k).getBounds2D()
                    : glyphs.getGlyphVisualBounds(k).getBounds2D();
            centres[k] = (margin + bounds.getCenterX()) * scale;
        }
        return centres;
    }

    private static int enlargedWidth(int width, int height) {
        return Math.max(1, width * LineImage.HEIGHT / height);
    }

    private static LineImage enlarged(BufferedImage drawn) {
        int width = enlargedWidth(drawn.getWidth(), drawn.getHeight());
        BufferedImage image = white(width, LineImage.HEIGHT);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(drawn, 0, 0, width, LineImage.HEIGHT, null);
        graphics.dispose();
        return new LineImage(width, ((DataBufferByte) image.getRaster().getDataBuffer()).getData());
    }

    private static BufferedImage white(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }
}
