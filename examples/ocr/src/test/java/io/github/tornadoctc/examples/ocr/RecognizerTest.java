package io.github.tornadoctc.examples.ocr;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RecognizerTest {

    @Test
    void fileThatIsNotOnTheClassPathIsMissedWithAdvice() {
        assertThatThrownBy(() -> Recognizer.resource("/models/none.onnx"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("/models/none.onnx is not on the class path: run the example with Maven's profile run");
    }
}
