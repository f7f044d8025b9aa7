package io.github.tornadoctc.examples.ocr;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/** Draws lines of text, black on white, as an OCR system would cut them out of a clean page. */
final class LineRenderer {
    /** The font the committed batch was drawn with; another one gives other scores, not wrong ones. */
    private static final String PREFERRED_FONT = "DejaVu Sans";
    /** With room above and below for accents and descenders within {@link LineImage#HEIGHT}. */
    private static final int FONT_SIZE = 32;
    /** White on either side: touching the edge, the first and last letters are misread; with more, a space appears. */
    private static final int MARGIN = 6;

    private final Font font;

    private LineRenderer(Font font) {
        this.font = font;
    }

    /**
     * A renderer with the preferred font, or else with whatever sans-serif font there is.
     *
     * @throws IllegalStateException if this machine has no fonts, saying what to install
     */
    static LineRenderer create() {
        try {
            String[] families =
                    GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames();
            boolean preferred = Arrays.asList(families).contains(PREFERRED_FONT);
            Font font = new Font(preferred ? PREFERRED_FONT : Font.SANS_SERIF, Font.PLAIN, FONT_SIZE);
            metrics(font); // the first use of a font is what fails where there is none
            return new LineRenderer(font);
        } catch (RuntimeException | Error e) {
            // No fonts: java.lang.Error; no fontconfig: RuntimeException; no freetype: UnsatisfiedLinkError.
            throw new IllegalStateException(
                    "AWT cannot draw text here (%s); on Debian or Ubuntu: apt-get install fontconfig fonts-dejavu-core libfreetype6"
                            .formatted(e),
                    e);
        }
    }

    /** The name of the font that is drawn with. */
    String fontName() {
        return font.getFontName();
    }

    /**
     * Draws a line.
     *
     * @throws IllegalArgumentException if it is empty or the font lacks one of its characters
     */
    LineImage draw(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("text is empty");
        }
        int missing = font.canDisplayUpTo(text);
        if (missing >= 0) {
            throw new IllegalArgumentException("text has %s, which %s cannot draw"
                    .formatted(Symbols.describe(text.codePointAt(missing)), fontName()));
        }
        FontMetrics metrics = metrics(font);
        int width = metrics.stringWidth(text) + 2 * MARGIN;
        BufferedImage image = new BufferedImage(width, LineImage.HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, LineImage.HEIGHT);
        graphics.setColor(Color.BLACK);
        graphics.setFont(font);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        int above = (LineImage.HEIGHT - metrics.getAscent() - metrics.getDescent()) / 2;
        graphics.drawString(text, MARGIN, above + metrics.getAscent());
        graphics.dispose();
        return new LineImage(width, ((DataBufferByte) image.getRaster().getDataBuffer()).getData());
    }

    static FontMetrics metrics(Font font) {
        Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY).createGraphics();
        try {
            return graphics.getFontMetrics(font);
        } finally {
            graphics.dispose();
        }
    }
}
