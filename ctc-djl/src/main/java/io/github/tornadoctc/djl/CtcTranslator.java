package io.github.tornadoctc.djl;

import ai.djl.ndarray.NDList;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import java.util.List;

/**
 * The half of a translator that comes after the network: {@link #processInput} is left to say, what comes out is read by a
 * {@link CtcReader}.
 *
 * <p>Inputs of one size are stacked to a batch. Where sizes differ, {@link #getBatchifier} can be one that pads, and the
 * network can give inputLengths as its second output; or it is null, and inputs go through one by one as they are,
 * without an axis for the batch.
 *
 * @param <I> what is read, such as an image or a recording
 */
public abstract class CtcTranslator<I> implements Translator<I, CtcReading> {
    private final CtcReader reader;

    /** A translator whose outputs are read so. */
    protected CtcTranslator(CtcReader reader) {
        this.reader = reader;
    }

    /** Reads the scores {@code [T, V]} of one input. */
    @Override
    public final CtcReading processOutput(TranslatorContext context, NDList output) {
        return reader.readOne(output);
    }

    /** Reads the scores of a batch, whose axes are as the reader's format says; it is not taken apart before. */
    @Override
    public final List<CtcReading> batchProcessOutput(TranslatorContext context, NDList output) {
        return reader.read(output);
    }
}
