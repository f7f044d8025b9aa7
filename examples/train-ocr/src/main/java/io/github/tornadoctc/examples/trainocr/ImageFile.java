package io.github.tornadoctc.examples.trainocr;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Makes a line as the network knows them of a picture of one: any size, dark on light or light on dark. */
final class ImageFile {
    private static final int FULL = 255;
    /** Of ink less paper: less than that is no line of text. */
    private static final int LEAST_CONTRAST = 40;

    /** What a row of the capitals has of the fullest one's ink, at least. */
    private static final double LEAST_OF_FULLEST_ROW = 0.15;

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
        Rectangle capitals = capitals(ink);
        if (capitals.isEmpty()) {
            throw new IOException("%s has nothing that stands out from its ground".formatted(file));
        }
        return scaled(ink, capitals);
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

    /**
     * Where the capitals are: from the first to the last column with ink, and of the rows those with some share of what the
     * fullest has, so that the tail of a Q or a J does not make all others look small. Ink is what has more of it than the
     * middle between the least and the most.
     */
    private static Rectangle capitals(BufferedImage ink) {
        int least = FULL;
        int most = 0;
        for (int y = 0; y < ink.getHeight(); y++) {
            for (int x = 0; x < ink.getWidth(); x++) {
                least = Math.min(least, value(ink, x, y));
                most = Math.max(most, value(ink, x, y));
            }
        }
        int[] inRow = new int[ink.getHeight()];
        int[] inColumn = new int[ink.getWidth()];
        for (int y = 0; most - least >= LEAST_CONTRAST && y < ink.getHeight(); y++) {
            for (int x = 0; x < ink.getWidth(); x++) {
                if (2 * value(ink, x, y) > least + most) {
                    inRow[y]++;
                    inColumn[x]++;
                }
            }
        }
        double enough = LEAST_OF_FULLEST_ROW * IntStream.of(inRow).max().orElse(0);
        int[] rows = IntStream.range(0, inRow.length)
                .filter(y -> inRow[y] > 0 && inRow[y] >= enough)
                .toArray();
        int[] columns =
                IntStream.range(0, inColumn.length).filter(x -> inColumn[x] > 0).toArray();
        return rows.length == 0
                ? new Rectangle()
                : new Rectangle(
                        columns[0],
                        rows[0],
                        columns[columns.length - 1] - columns[0] + 1,
                        rows[rows.length - 1] - rows[0] + 1);
    }

    /** Capitals as high, and where, as they were drawn for the network. */
    private static LineImage scaled(BufferedImage ink, Rectangle capitals) {
        if (capitals.height > 2 * CAPITALS) {
            // by halves, each the mean of four pixels: at once, what is between the pixels of the result would be lost
            BufferedImage half = drawn(ink, (ink.getWidth() + 1) / 2, (ink.getHeight() + 1) / 2, 0, 0, 0.5);
            return scaled(half, capitals(half));
        }
        double scale = CAPITALS / capitals.height;
        int width = (int) Math.ceil(capitals.width * scale) + 2 * MARGIN;
        double left = MARGIN - capitals.x * scale;
        double top = BASELINE - CAPITALS - capitals.y * scale;
        return LineImage.of(drawn(ink, width, LineImage.HEIGHT, left, top, scale));
    }

    private static BufferedImage drawn(
            BufferedImage picture, int width, int height, double left, double top, double scale) {
        BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = drawn.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, new AffineTransform(scale, 0, 0, scale, left, top), null);
        graphics.dispose();
        return drawn;
    }
}
