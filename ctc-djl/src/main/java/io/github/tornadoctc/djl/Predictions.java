package io.github.tornadoctc.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcBatchBuilder;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.ScoreType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A network's output as scores of a batch, which are the engine's own memory where they are of a type that backends take,
 * contiguous and in host memory; anything else is copied or converted once, to memory of the engine that {@link #close}
 * frees.
 */
final class Predictions implements AutoCloseable {
    private static final int MOST_ARRAYS = 2;
    private static final int AXES = 3;
    /** A direct buffer has no more. */
    private static final long MOST_BYTES = Integer.MAX_VALUE;

    private final ScoreFormat format;
    private final NDArray array;
    private final int @Nullable [] inputLengths;
    private final NDManager scratch;
    private final ScoreType scoreType;
    private final MemorySegment scores;

    /**
     * Reads a network's output: the scores, and where it has them the lengths.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    Predictions(NDList predictions, ScoreFormat format) {
        if (predictions.isEmpty() || predictions.size() > MOST_ARRAYS) {
            throw new IllegalArgumentException(
                    "predictions has %d arrays; they are scores %s and, if need be, inputLengths [B]"
                            .formatted(predictions.size(), axes(format)));
        }
        this.format = format;
        this.array = predictions.get(0);
        check(array, format);
        this.inputLengths = predictions.size() == MOST_ARRAYS
                ? Labels.lengths("inputLengths", predictions.get(1), batchSize())
                : null;
        this.scratch = array.getManager().newSubManager();
        this.scoreType = scoreType(array.getDataType());
        this.scores = scores();
    }

    private static void check(NDArray array, ScoreFormat format) {
        Shape shape = array.getShape();
        if (shape.dimension() != AXES) {
            throw new IllegalArgumentException(
                    "predictions has the shape %s, but scores are %s".formatted(shape, axes(format)));
        }
        if (!array.getDataType().isFloating()) {
            throw new IllegalArgumentException(
                    "predictions is of type %s, but scores are floating-point numbers".formatted(array.getDataType()));
        }
        if (shape.size() * Float.BYTES > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "predictions has the shape %s: as float32 it takes %d bytes, and DJL hands out at most %d; a smaller batch would do"
                            .formatted(shape, shape.size() * Float.BYTES, MOST_BYTES));
        }
    }

    private static String axes(ScoreFormat format) {
        return format.layout() == Layout.BATCH_MAJOR ? "[B, T, V]" : "[T, B, V]";
    }

    /** What the backend gets: float64 and whatever else there is as float32. */
    private static ScoreType scoreType(DataType type) {
        return switch (type) {
            case FLOAT16 -> ScoreType.FLOAT16;
            case BFLOAT16 -> ScoreType.BFLOAT16;
            default -> ScoreType.FLOAT32;
        };
    }

    private MemorySegment scores() {
        if (array.isEmpty()) {
            return MemorySegment.NULL;
        }
        // The same memory; what DJL makes of it is freed with the scratch manager.
        NDArray view = array.stopGradient();
        view.attach(scratch);
        DataType type = scoreType == ScoreType.FLOAT32 ? DataType.FLOAT32 : array.getDataType();
        ByteBuffer buffer =
                view.toDevice(Device.cpu(), false).toType(type, false).toByteBuffer(true);
        return MemorySegment.ofBuffer(buffer);
    }

    int batchSize() {
        return (int) array.getShape().get(format.layout() == Layout.BATCH_MAJOR ? 0 : 1);
    }

    private int timeSteps() {
        return (int) array.getShape().get(format.layout() == Layout.BATCH_MAJOR ? 1 : 0);
    }

    /** The batch of these scores and a dataset's labels. */
    CtcBatch batch(Labels labels) {
        if (labels.inputLengths != null && inputLengths != null) {
            throw new IllegalArgumentException(
                    "inputLengths is both the third array of labels and the second of predictions; it is to be one of them");
        }
        CtcBatchBuilder builder = builder().paddedTargets(labels.padded, labels.width, labels.targetLengths);
        if (labels.inputLengths != null) {
            builder.inputLengths(labels.inputLengths);
        }
        return builder.build();
    }

    /** The batch of these scores, of which the targets are not known. */
    CtcBatch batch() {
        return builder().targets(new int[batchSize()][0]).build();
    }

    private CtcBatchBuilder builder() {
        CtcBatchBuilder builder = CtcBatch.builder(
                        timeSteps(), batchSize(), (int) array.getShape().get(2))
                .blank(format.blank())
                .layout(format.layout())
                .scores(scores, scoreType);
        return inputLengths == null ? builder : builder.inputLengths(inputLengths);
    }

    /** Frees what was copied. The batch is not to be used after that. */
    @Override
    public void close() {
        scratch.close();
    }
}
