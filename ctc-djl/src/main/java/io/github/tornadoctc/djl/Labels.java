package io.github.tornadoctc.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset says of B utterances: targets padded to one length, their lengths, and where it says so the lengths of
 * the inputs. Labels past a target's length may be anything and are not looked at.
 */
final class Labels {
    private static final int FEWEST = 2;
    private static final int MOST = 3;

    final int[] padded;
    final int width;
    final int[] targetLengths;
    final int @Nullable [] inputLengths;

    private Labels(int[] padded, int width, int[] targetLengths, int @Nullable [] inputLengths) {
        this.padded = padded;
        this.width = width;
        this.targetLengths = targetLengths;
        this.inputLengths = inputLengths;
    }

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if arrays are missing or too many, a shape is not that of B utterances, or a number
     *     is not whole
     */
    static Labels of(NDList labels, int batchSize) {
        if (labels.size() < FEWEST || labels.size() > MOST) {
            throw new IllegalArgumentException(
                    "labels has %d arrays; they are targets [B, U], targetLengths [B] and, if need be, inputLengths [B]"
                            .formatted(labels.size()));
        }
        NDArray targets = labels.get(0);
        Shape shape = targets.getShape();
        if (shape.dimension() != 2 || shape.get(0) != batchSize) {
            throw new IllegalArgumentException(
                    "targets has the shape %s, but predictions are of %d utterances: [%d, U] is needed. If that is not their number, the layout of the predictions is the other one"
                            .formatted(shape, batchSize, batchSize));
        }
        int[] lengths = lengths("targetLengths", labels.get(1), batchSize);
        int[] inputLengths = labels.size() == MOST ? lengths("inputLengths", labels.get(2), batchSize) : null;
        int width = (int) shape.get(1);
        return new Labels(whole(WholeNumbers.table("targets", targets), width, lengths), width, lengths, inputLengths);
    }

    /**
     * B lengths, whatever their axes.
     *
     * @throws IllegalArgumentException if there are more or fewer, or one is not whole
     */
    static int[] lengths(String name, NDArray array, int batchSize) {
        if (array.size() != batchSize) {
            throw new IllegalArgumentException("%s has the shape %s, but predictions are of %d utterances"
                    .formatted(name, array.getShape(), batchSize));
        }
        return WholeNumbers.column(name, array);
    }

    /** Lengths out of range are the batch builder's to refuse. */
    private static int[] whole(WholeNumbers targets, int width, int... lengths) {
        int[] padded = new int[lengths.length * width];
        for (int b = 0; b < lengths.length; b++) {
            for (int u = 0; u < Math.min(lengths[b], width); u++) {
                padded[b * width + u] = targets.at(b * width + u);
            }
        }
        return padded;
    }
}
