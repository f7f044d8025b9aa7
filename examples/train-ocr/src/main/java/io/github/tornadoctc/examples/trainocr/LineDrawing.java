package io.github.tornadoctc.examples.trainocr;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws lines of 3 to 12 random characters, no two alike: fonts, sizes, slant, place, contrast and noise are random too, of
 * the generator that is given, so that the same one draws the same line wherever the fonts are the same.
 */
final class LineDrawing {
    private static final int SHORTEST = 3;
    private static final int LONGEST = 12;

    private static final List<String> FAMILIES = List.of(
            "DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono", "DejaVu Sans Condensed", "DejaVu Serif Condensed");
    private static final List<Integer> STYLES = List.of(Font.PLAIN, Font.BOLD, Font.ITALIC, Font.BOLD | Font.ITALIC);

    // In pixels: with the largest size and the farthest offset a capital still is within the image.
    private static final float SMALLEST_SIZE = 14;
    private static final float LARGEST_SIZE = 18;
    private static final int MARGIN = 4;
    private static final int MOST_MARGIN_MORE = 6;
    private static final double BASELINE = 18;
    private static final double BASELINE_OFFSET = 1.5;

    private static final double MOST_SLOPE = 0.01;
    private static final double MOST_SHEAR = 0.12;

    // Of 255.
    private static final int FAINTEST_INK = 140;
    private static final int DARKEST_PAPER = 60;
    private static final double MOST_NOISE = 20;
    private static final int FULL = 255;

    private final List<Font> fonts;

    private LineDrawing(List<Font> fonts) {
        this.fonts = fonts;
    }

    /**
     * With the fonts of DejaVu, or else with whatever this machine has.
     *
     * @throws IllegalStateException if it has none, saying what to install
     */
    static LineDrawing create() {
        try {
            List<String> installed = Arrays.asList(
                    GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames());
            List<String> families =
                    installed.containsAll(FAMILIES) ? FAMILIES : List.of(Font.SANS_SERIF, Font.SERIF, Font.MONOSPACED);
            LineDrawing drawing = new LineDrawing(families.stream()
                    .flatMap(family -> STYLES.stream().map(style -> new Font(family, style, 1)))
                    .toList());
            drawing.picture("A", drawing.fonts.getFirst(), new AffineTransform(), 0); // what fails without fonts
            return drawing;
        } catch (RuntimeException | Error e) {
            // No fonts: java.lang.Error; no fontconfig: RuntimeException; no freetype: UnsatisfiedLinkError.
            throw new IllegalStateException(
                    "AWT cannot draw text here (%s); on Debian or Ubuntu: apt-get install fontconfig fonts-dejavu-core libfreetype6"
                            .formatted(e),
                    e);
        }
    }

    /** A line at random. */
    DrawnLine draw(RandomGenerator random) {
        String text = Alphabet.text(random, random.nextInt(SHORTEST, LONGEST + 1));
        Font font = fonts.get(random.nextInt(fonts.size())).deriveFont(random.nextFloat(SMALLEST_SIZE, LARGEST_SIZE));
        double left = MARGIN + random.nextInt(MOST_MARGIN_MORE);
        AffineTransform place = AffineTransform.getTranslateInstance(
                left, BASELINE + random.nextDouble(-BASELINE_OFFSET, BASELINE_OFFSET));
        place.rotate(random.nextDouble(-MOST_SLOPE, MOST_SLOPE));
        place.shear(random.nextDouble(-MOST_SHEAR, MOST_SHEAR), 0);
        BufferedImage picture = picture(text, font, place, MARGIN + random.nextInt(MOST_MARGIN_MORE));
        print(picture.getRaster(), random);
        return new DrawnLine(text, LineImage.of(picture));
    }

    /** White on black: the values are how much of a pixel is ink. */
    private BufferedImage picture(String text, Font font, AffineTransform place, int right) {
        BufferedImage small = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D measuring = small.createGraphics();
        int advance = measuring.getFontMetrics(font).stringWidth(text);
        measuring.dispose();
        BufferedImage picture = new BufferedImage(
                (int) place.getTranslateX() + advance + right + 1, LineImage.HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.setFont(font);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.transform(place);
        graphics.drawString(text, 0, 0);
        graphics.dispose();
        return picture;
    }

    /** Ink and paper of some grey, with noise. */
    private static void print(WritableRaster pixels, RandomGenerator random) {
        double ink = random.nextInt(FAINTEST_INK, FULL + 1);
        double paper = random.nextInt(DARKEST_PAPER + 1);
        double noise = random.nextDouble(MOST_NOISE);
        for (int y = 0; y < pixels.getHeight(); y++) {
            for (int x = 0; x < pixels.getWidth(); x++) {
                double share = pixels.getSample(x, y, 0) / (double) FULL;
                double value = paper + (ink - paper) * share + noise * random.nextGaussian();
                pixels.setSample(x, y, 0, Math.clamp(Math.round(value), 0, FULL));
            }
        }
    }
}
