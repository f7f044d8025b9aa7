package io.github.tornadoctc.explain;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** An utterance as a PNG: states from top to bottom, time from left to right, and the best path as a line. */
public final class HeatMapImage {
    private final BufferedImage image;
    private final @Nullable String warning;

    private HeatMapImage(BufferedImage image, @Nullable String warning) {
        this.image = image;
        this.warning = warning;
    }

    /** Draws the utterance, without any text if there are no fonts to write it with. */
    public static HeatMapImage of(Occupation occupation) {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
        FontMetrics metrics;
        try {
            // the first use of a font is what fails where there is none
            metrics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)
                    .createGraphics()
                    .getFontMetrics(font);
        } catch (RuntimeException | Error e) {
            // no fonts: java.lang.Error; no fontconfig: RuntimeException; no freetype: UnsatisfiedLinkError
            String warning = "the image is without text, which AWT cannot draw here (" + e + "); on Debian or Ubuntu: "
                    + "apt-get install fontconfig fonts-dejavu-core libfreetype6";
            return new HeatMapImage(new HeatMapDrawing(occupation, null, null).draw(), warning);
        }
        return new HeatMapImage(new HeatMapDrawing(occupation, font, metrics).draw(), null);
    }

    /** What the image lacks. */
    public Optional<String> warning() {
        return Optional.ofNullable(warning);
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
