package io.github.tornadoctc.examples.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolsTest {
    private final Symbols symbols = new Symbols(List.of("a", "中", "b", "𝄞", "a", "xy"));

    @Test
    void labelsStartAfterTheBlankAndEndWithTheSpace() {
        assertThat(symbols.labels("ab 中")).containsExactly(1, 3, 7, 2);
        assertThat(symbols.size()).isEqualTo(8);
    }

    @Test
    void labelsSpellTheTextTheyCameFrom() {
        String text = "b a 中中𝄞";
        assertThat(symbols.text(symbols.labels(text))).isEqualTo(text);
    }

    @Test
    void characterOutsideTheBasicPlaneIsOneLabel() {
        assertThat(symbols.labels("𝄞")).containsExactly(4);
    }

    @Test
    void symbolThatIsListedTwiceHasItsFirstLabel() {
        assertThat(symbols.labels("a")).containsExactly(1);
        assertThat(symbols.text(5)).isEqualTo("a");
    }

    @Test
    void blankSpellsNothing() {
        assertThat(symbols.text(1, Symbols.BLANK, 3)).isEqualTo("ab");
    }

    @Test
    void characterThatIsNoSymbolIsNamed() {
        assertThatThrownBy(() -> symbols.labels("abé"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text \"abé\" has 'é' (U+00E9), which is no symbol of the network");
    }
}
