package io.github.tornadoctc.examples.ocr;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A line of text as grey pixels.
 *
 * @param width W, in pixels
 * @param pixels 48·W grey values, 0 black to 255 white, row after row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copied into the tensor only
record LineImage(int width, byte[] pixels) {
    /** The height the network was trained on, in pixels. */
    static final int HEIGHT = 48;
    /** The network expects colour; a grey line is the same three times. */
    static final int CHANNELS = 3;

    LineImage {
        if (width < 1 || pixels.length != HEIGHT * width) {
            throw new IllegalArgumentException(
                    "pixels has %d values, but HEIGHT * width = %d * %d".formatted(pixels.length, HEIGHT, width));
        }
    }

    /** Writes it as PNG. */
    void write(Path file) throws IOException {
        BufferedImage image = new BufferedImage(width, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, width, HEIGHT, pixels);
        ImageIO.write(image, "png", file.toFile());
    }

    /** The shape of {@link #tensor()}: one image, channels, height, width. */
    long[] shape() {
        return new long[] {1, CHANNELS, HEIGHT, width};
    }

    /** The pixels in every channel, 0…255 brought to [−1, 1] as in the network's training. */
    FloatBuffer tensor() {
        FloatBuffer tensor = FloatBuffer.allocate(CHANNELS * pixels.length);
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (byte pixel : pixels) {
                tensor.put(Byte.toUnsignedInt(pixel) / 127.5f - 1f);
            }
        }
        return tensor.flip();
    }
}
