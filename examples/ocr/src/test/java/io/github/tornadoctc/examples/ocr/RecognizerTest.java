package io.github.tornadoctc.examples.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecognizerTest {

    /** What the network has given for images of these widths. */
    @ParameterizedTest
    @CsvSource({"37, 5", "41, 5", "47, 6", "49, 6", "100, 12", "123, 15", "320, 40", "321, 40", "333, 42"})
    void timeStepsOfALine(int width, int timeSteps) {
        assertThat(Recognizer.timeSteps(new LineImage(width, new byte[LineImage.HEIGHT * width])))
                .isEqualTo(timeSteps);
    }

    @Test
    void fileThatIsNotOnTheClassPathIsMissedWithAdvice() {
        assertThatThrownBy(() -> Recognizer.resource("/models/none.onnx"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("/models/none.onnx is not on the class path: run the example with Maven's profile run");
    }
}
