package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.io.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Log-probabilities that a text recogniser gave for images of text lines, and the text of each.
 *
 * @param batch one utterance per line
 * @param texts one text per utterance
 */
record DemoBatch(CtcBatch batch, List<String> texts) {
    private static final String NAME = "ocr-lines";

    DemoBatch {
        if (batch.batchSize() != texts.size()) {
            throw new IllegalStateException(
                    "demo has %d utterances, but %d texts".formatted(batch.batchSize(), texts.size()));
        }
    }

    /** Reads {@code ocr-lines.npz} and {@code ocr-lines.txt} from beside this class. */
    static DemoBatch load() throws IOException {
        try (InputStream npz = DemoBatch.class.getResourceAsStream(NAME + ".npz");
                InputStream txt = DemoBatch.class.getResourceAsStream(NAME + ".txt")) {
            if (npz == null || txt == null) {
                throw new IllegalStateException("this build comes without " + NAME);
            }
            List<String> texts = new String(txt.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return new DemoBatch(
                    BatchFile.load(npz, NAME + ".npz", ReadOptions.defaults()).batch(), texts);
        }
    }
}
