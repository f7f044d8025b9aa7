package io.github.tornadoctc.examples.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class LineImageTest {

    @Test
    void tensorHasThePixelsInEveryChannelFromMinusOneToOne() {
        byte[] pixels = new byte[LineImage.HEIGHT * 2];
        pixels[1] = (byte) 255;
        pixels[2] = (byte) 51;
        LineImage image = new LineImage(2, pixels);
        FloatBuffer tensor = image.tensor();

        assertThat(image.shape()).containsExactly(1, 3, 48, 2);
        assertThat(tensor.remaining()).isEqualTo(3 * 48 * 2);
        for (int channel = 0; channel < 3; channel++) {
            assertThat(tensor.get(channel * pixels.length)).isEqualTo(-1f);
            assertThat(tensor.get(channel * pixels.length + 1)).isEqualTo(1f);
            assertThat(tensor.get(channel * pixels.length + 2)).isEqualTo(-0.6f);
        }
    }

    @Test
    void wrongNumberOfPixelsIsRefused() {
        assertThatThrownBy(() -> new LineImage(2, new byte[48]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pixels has 48 values, but HEIGHT * width = 48 * 2");
    }
}
