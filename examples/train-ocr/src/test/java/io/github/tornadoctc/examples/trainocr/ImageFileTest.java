package io.github.tornadoctc.examples.trainocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of any size and ground become lines as the network knows them. */
class ImageFileTest {
    @TempDir
    Path directory;

    /** A bar of this colour, five times as wide as high, somewhere on a ground. */
    private Path picture(Color ground, Color bar, int height) throws IOException {
        BufferedImage picture = new BufferedImage(9 * height, 3 * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(ground);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        graphics.setColor(bar);
        graphics.fillRect(2 * height, height, 5 * height, height);
        graphics.dispose();
        Path file = directory.resolve("bar.png");
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    private static void hasABar(LineImage line) {
        assertThat(line.width()).isEqualTo(6 + 5 * 12 + 6);
        assertThat(line.at(36, 12)).isGreaterThan(line.at(36, 2) + 100).isGreaterThan(line.at(36, 22) + 100);
        assertThat(line.at(36, 12)).isGreaterThan(line.at(2, 12) + 100);
    }

    @Test
    void darkOnLightIsInk() throws IOException {
        hasABar(ImageFile.read(picture(Color.WHITE, Color.BLACK, 40)));
    }

    @Test
    void lightOnDarkIsInk() throws IOException {
        hasABar(ImageFile.read(picture(Color.BLUE, Color.YELLOW, 7)));
    }

    @Test
    void anEmptyPictureIsRefused() throws IOException {
        Path file = picture(Color.WHITE, Color.WHITE, 10);
        assertThatThrownBy(() -> ImageFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("bar.png has nothing that stands out from its ground");
    }
}
