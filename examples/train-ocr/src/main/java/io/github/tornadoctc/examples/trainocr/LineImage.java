package io.github.tornadoctc.examples.trainocr;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * The image of a line, of {@value #HEIGHT} rows.
 *
 * @param width W, in pixels, an even number
 * @param ink {@value #HEIGHT}·W values, 0 paper to 255 ink, row after row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copied into an array of the engine only
record LineImage(int width, byte[] ink) {
    /** In pixels. */
    static final int HEIGHT = 24;

    /** Of a picture of this height, whose values are ink; a column is added if the width is odd. */
    static LineImage of(BufferedImage picture) {
        int width = picture.getWidth() + picture.getWidth() % 2;
        byte[] ink = new byte[HEIGHT * width];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < width; x++) {
                ink[y * width + x] = (byte) picture.getRaster().getSample(Math.min(x, picture.getWidth() - 1), y, 0);
            }
        }
        return new LineImage(width, ink);
    }

    /** The ink at a pixel, 0 to 255. */
    int at(int x, int y) {
        return Byte.toUnsignedInt(ink[y * width + x]);
    }

    /** The frames that the network makes of it. */
    int frames() {
        return width / LineNetwork.PIXELS_OF_A_FRAME;
    }

    /** Writes it as PNG, dark ink on light paper. */
    void write(Path file) throws IOException {
        BufferedImage picture = new BufferedImage(width, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < width; x++) {
                picture.getRaster().setSample(x, y, 0, 255 - at(x, y));
            }
        }
        ImageIO.write(picture, "png", file.toFile());
    }
}
