package io.github.tornadoctc.examples.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class LineRendererTest {

    @Test
    void lineIsBlackOnWhiteAndAsWideAsItsText() {
        LineRenderer renderer = renderer();
        LineImage line = renderer.draw("Hello, world!");

        assertThat(line.width()).isBetween(13 * 8, 13 * 40);
        assertThat(line.pixels()).contains(0, 255);
        assertThat(renderer.draw("Hello").width()).isLessThan(line.width());
    }

    @Test
    void nothingIsCutOff() {
        LineImage line = renderer().draw("ÅÉgjpqy|");

        for (int x = 0; x < line.width(); x++) {
            assertThat(line.pixels()[x]).isEqualTo((byte) 255);
            assertThat(line.pixels()[(LineImage.HEIGHT - 1) * line.width() + x]).isEqualTo((byte) 255);
        }
        for (int y = 0; y < LineImage.HEIGHT; y++) {
            assertThat(line.pixels()[y * line.width()]).isEqualTo((byte) 255);
            assertThat(line.pixels()[(y + 1) * line.width() - 1]).isEqualTo((byte) 255);
        }
    }

    @Test
    void sameTextIsDrawnTheSame() {
        LineRenderer renderer = renderer();
        assertThat(renderer.draw("same").pixels())
                .isEqualTo(renderer.draw("same").pixels());
    }

    @Test
    void characterTheFontLacksIsNamed() {
        LineRenderer renderer = renderer();
        assertThatThrownBy(() -> renderer.draw("a\uFFFFb"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("U+FFFF");
    }

    @Test
    void emptyTextIsRefused() {
        LineRenderer renderer = renderer();
        assertThatThrownBy(() -> renderer.draw(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text is empty");
    }

    /** Skips the test, saying what to install, where there are no fonts. */
    static LineRenderer renderer() {
        try {
            return LineRenderer.create();
        } catch (IllegalStateException e) {
            return Assumptions.abort(String.valueOf(e.getMessage()));
        }
    }
}
