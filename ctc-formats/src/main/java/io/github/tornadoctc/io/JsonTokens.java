package io.github.tornadoctc.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code vocab.json} of Hugging Face's tokenizers: an object of tokens and their numbers. */
final class JsonTokens {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonTokens() {}

    static List<TokenFile.Entry> read(Path file, String text) throws BatchFileException {
        List<TokenFile.Entry> entries = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            JsonValues values = new JsonValues(parser, file.toString());
            parser.nextToken();
            for (String token = parser.nextFieldName(); token != null; token = parser.nextFieldName()) {
                String shown = JsonValues.shortened(token);
                if (parser.nextToken() == JsonToken.START_OBJECT) {
                    throw values.error(
                            "\"%s\" is an object: of tables for several languages, give one".formatted(shown));
                }
                entries.add(new TokenFile.Entry(token, values.integer(() -> "token \"%s\"".formatted(shown)), 0));
            }
            if (parser.nextToken() != null) {
                throw values.error("there is more after the object");
            }
        } catch (JsonProcessingException e) {
            throw new BatchFileException("%s: %s".formatted(file, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw BatchFileException.of(file, "cannot be read", e);
        }
        if (entries.isEmpty()) {
            throw new BatchFileException(file + ": has no tokens");
        }
        return entries;
    }
}
