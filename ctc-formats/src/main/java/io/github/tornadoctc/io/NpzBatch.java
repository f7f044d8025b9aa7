package io.github.tornadoctc.io;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Layout;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** A batch as the arrays of a {@code .npz} file, to be written. */
final class NpzBatch {
    private NpzBatch() {}

    static void write(Path file, CtcBatch batch) throws BatchFileException {
        Map<String, NpyArray> arrays;
        try {
            arrays = arrays(batch);
        } catch (ArithmeticException e) {
            throw new BatchFileException(
                    "%s: cannot be written: its scores or its padded targets are more than %d"
                            .formatted(file, Integer.MAX_VALUE),
                    e);
        }
        NpzFile.write(file, arrays);
    }

    /** @throws ArithmeticException if an array has more elements than an int can count */
    private static Map<String, NpyArray> arrays(CtcBatch batch) {
        int utterances = batch.batchSize();
        int width = batch.maxTargetLength();
        int[] padded = new int[Math.multiplyExact(utterances, width)];
        Arrays.fill(padded, batch.blank());
        for (int b = 0; b < utterances; b++) {
            batch.copyTarget(b, padded, b * width);
        }
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("logits", timeMajorScores(batch));
        arrays.put("input_lengths", array(IntStream.range(0, utterances).map(batch::inputLength)));
        arrays.put("targets", NpyArray.ofInts(padded, utterances, width));
        arrays.put("target_lengths", array(IntStream.range(0, utterances).map(batch::targetLength)));
        arrays.put("blank", NpyArray.ofInts(new int[] {batch.blank()}));
        return arrays;
    }

    private static NpyArray array(IntStream values) {
        int[] array = values.toArray();
        return NpyArray.ofInts(array, array.length);
    }

    private static NpyArray timeMajorScores(CtcBatch batch) {
        NpyType type = NpyType.of(batch.scoreType());
        int[] shape = {batch.timeSteps(), batch.batchSize(), batch.symbols()};
        if (batch.layout() == Layout.TIME_MAJOR) {
            return NpyArray.of(type, batch.scores(), shape);
        }
        NpyArray copy = NpyArray.allocate(type, shape);
        long row = (long) batch.symbols() * type.bytes();
        // utterances first: where there are none there may be two billion frames
        for (int b = 0; b < batch.batchSize(); b++) {
            for (int t = 0; t < batch.timeSteps(); t++) {
                long from = batch.rowOffset(t, b) * type.bytes();
                long to = ((long) t * batch.batchSize() + b) * row;
                MemorySegment.copy(batch.scores(), from, copy.data(), to, row);
            }
        }
        return copy;
    }
}
