package io.github.tornadoctc.spark;

import io.github.tornadoctc.io.Tokens;
import org.jspecify.annotations.Nullable;

/** What the symbols of a batch stand for, if that is known and suits it: texts beside what is computed are null if not. */
final class SymbolTokens {
    private final @Nullable Tokens tokens;

    SymbolTokens(CorpusInput input, int symbols) {
        this.tokens =
                input.tokens().isEmpty() ? null : Tokens.of(input.tokens()).forBatch(symbols, input.blank());
    }

    @Nullable
    String token(int symbol) {
        return tokens == null ? null : tokens.token(symbol);
    }

    @Nullable
    String text(int... labels) {
        return tokens == null ? null : tokens.text(labels);
    }
}
