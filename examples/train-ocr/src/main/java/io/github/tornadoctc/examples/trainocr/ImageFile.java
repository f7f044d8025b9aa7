package io.github.tornadoctc.examples.trainocr;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Makes a line as the network knows them of a picture of one: any size, dark on light or light on dark. */
final class ImageFile {
    private static final int FULL = 255;
    /** Of ink less paper: less than that is no line of text. */
    private static final int LEAST_CONTRAST = 40;

    /** How high capitals are where the network has learnt, and what is around them, in pixels. */
    private static final double CAPITALS = 12;

    private static final int MARGIN = 6;
    private static final int BASELINE = 18;

    private ImageFile() {}

    /**
     * Reads a picture of a line.
     *
     * @throws IOException if the file cannot be read, is no picture, or there is nothing in it
     */
    static LineImage read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("%s is no file".formatted(file));
        }
        BufferedImage picture = ImageIO.read(file.toFile());
        if (picture == null) {
            throw new IOException("%s is no picture; PNG, JPEG, BMP and GIF can be read".formatted(file));
        }
        BufferedImage ink = ink(picture);
        Rectangle text = text(ink);
        if (text.isEmpty()) {
            throw new IOException("%s has nothing that stands out from its ground".formatted(file));
        }
        return scaled(ink, text);
    }

    /** Grey, with more ink where it is brighter: what the edges are most of is paper. */
    private static BufferedImage ink(BufferedImage picture) {
        BufferedImage grey = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = grey.createGraphics();
        graphics.drawImage(picture, 0, 0, Color.WHITE, null);
        graphics.dispose();
        long edges = 0;
        for (int x = 0; x < grey.getWidth(); x++) {
            edges += value(grey, x, 0) + value(grey, x, grey.getHeight() - 1);
        }
        if (edges > (long) FULL * grey.getWidth()) {
            for (int y = 0; y < grey.getHeight(); y++) {
                for (int x = 0; x < grey.getWidth(); x++) {
                    grey.getRaster().setSample(x, y, 0, FULL - value(grey, x, y));
                }
            }
        }
        return grey;
    }

    private static int value(BufferedImage picture, int x, int y) {
        return picture.getRaster().getSample(x, y, 0);
    }

    /** Where there is more ink than in the middle between the least and the most. */
    private static Rectangle text(BufferedImage ink) {
        int least = FULL;
        int most = 0;
        for (int y = 0; y < ink.getHeight(); y++) {
            for (int x = 0; x < ink.getWidth(); x++) {
                least = Math.min(least, value(ink, x, y));
                most = Math.max(most, value(ink, x, y));
            }
        }
        Rectangle text = new Rectangle(-1, -1);
        if (most - least < LEAST_CONTRAST) {
            return text;
        }
        for (int y = 0; y < ink.getHeight(); y++) {
            for (int x = 0; x < ink.getWidth(); x++) {
                if (2 * value(ink, x, y) > least + most) {
                    text = text.isEmpty() ? new Rectangle(x, y, 1, 1) : text.union(new Rectangle(x, y, 1, 1));
                }
            }
        }
        return text;
    }

    /** Capitals as high, and where, as they were drawn for the network. */
    private static LineImage scaled(BufferedImage ink, Rectangle text) {
        double scale = CAPITALS / text.height;
        int width = (int) Math.ceil(text.width * scale) + 2 * MARGIN;
        BufferedImage line = new BufferedImage(width, LineImage.HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = line.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.translate(MARGIN, BASELINE - CAPITALS);
        graphics.scale(scale, scale);
        graphics.translate(-text.x, -text.y);
        graphics.drawImage(ink, 0, 0, null);
        graphics.dispose();
        return LineImage.of(line);
    }
}
