package io.github.tornadoctc.io;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Scores;
import java.util.List;

/**
 * A batch of a file, and what else the file said.
 *
 * @param batch the batch, its scores of the file's type, or narrowed to float32 if that is float64
 * @param scores what its scores are
 * @param shape the lengths of the axes of the file's scores, two for a single utterance; the gradient in that shape has
 *     the same elements in the same order
 * @param warnings a line for each thing that may be meant otherwise, with the file's name
 */
public record LoadedBatch(CtcBatch batch, Scores scores, List<Integer> shape, List<String> warnings) {
    public LoadedBatch {
        shape = List.copyOf(shape);
        warnings = List.copyOf(warnings);
    }
}
