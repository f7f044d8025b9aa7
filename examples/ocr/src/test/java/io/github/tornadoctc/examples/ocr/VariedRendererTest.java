package io.github.tornadoctc.examples.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VariedRendererTest {
    @Test
    void everyFontStyleAndSizeIsAmongTheLines() throws IOException {
        List<String> texts = Files.readAllLines(Path.of("varied-lines.txt"));
        assertThat(texts).hasSize(50).doesNotHaveDuplicates();
        List<Font> fonts =
                IntStream.range(0, texts.size()).mapToObj(VariedRenderer::font).toList();
        assertThat(fonts.stream().map(Font::getName).distinct()).hasSize(5);
        assertThat(fonts.stream().map(Font::getStyle).distinct()).hasSize(4);
        assertThat(fonts.stream().map(Font::getSize).distinct()).hasSize(7);
    }

    @Test
    void everyLineIsAsHighAsTheNetworkWantsItAndNotWhite() {
        LineRendererTest.renderer(); // skips the test where there are no fonts
        for (int i = 0; i < 7; i++) {
            LineImage image = VariedRenderer.draw(i, "Hello, world!");
            assertThat(image.width()).isGreaterThan(LineImage.HEIGHT);
            int darkest = 255;
            for (byte pixel : image.pixels()) {
                darkest = Math.min(darkest, Byte.toUnsignedInt(pixel));
            }
            assertThat(darkest).isLessThan(128);
        }
    }
}
