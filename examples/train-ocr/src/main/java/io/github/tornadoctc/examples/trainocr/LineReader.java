package io.github.tornadoctc.examples.trainocr;

import ai.djl.ndarray.NDList;
import ai.djl.translate.TranslatorContext;
import io.github.tornadoctc.djl.CtcReader;
import io.github.tornadoctc.djl.CtcTranslator;
import io.github.tornadoctc.djl.ScoreFormat;
import java.util.List;

/** From the image of a line to its text. */
final class LineReader extends CtcTranslator<LineImage> {
    LineReader() {
        super(new CtcReader(ScoreFormat.defaults(), Alphabet.tokens()));
    }

    @Override
    public NDList processInput(TranslatorContext context, LineImage line) {
        return new NDList(
                LineBatch.images(context.getNDManager(), List.of(line)).squeeze(0));
    }
}
