package io.github.tornadoctc.io;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcBatchBuilder;
import io.github.tornadoctc.Layout;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A batch as the arrays of a {@code .npz} file. */
final class NpzBatch {
    private static final String LOGITS = "logits";
    private static final String INPUT_LENGTHS = "input_lengths";
    private static final String TARGETS = "targets";
    private static final String TARGET_LENGTHS = "target_lengths";
    private static final String BLANK = "blank";

    private final Path file;
    private final NpzFile npz;

    private NpzBatch(Path file, NpzFile npz) {
        this.file = file;
        this.npz = npz;
    }

    static CtcBatch read(Path file, Layout layout, OptionalInt blank) throws BatchFileException {
        try (NpzFile npz = NpzFile.open(file)) {
            return new NpzBatch(file, npz).read(layout, blank);
        } catch (IllegalArgumentException e) {
            throw new BatchFileException("%s: %s".formatted(file, inNamesOfTheFile(e.getMessage())), e);
        }
    }

    private CtcBatch read(Layout layout, OptionalInt blank) throws BatchFileException {
        NpyArray logits = npz.read(LOGITS);
        check(LOGITS, "dtype", logits.type(), logits.type() == NpyType.FLOAT32, "float32");
        check(LOGITS, "shape", logits.shapeText(), logits.rank() == 3, "of 3 axes");
        boolean timeMajor = layout == Layout.TIME_MAJOR;
        CtcBatchBuilder builder = CtcBatch.builder(
                        logits.length(timeMajor ? 0 : 1), logits.length(timeMajor ? 1 : 0), logits.length(2))
                .layout(layout)
                .blank(blank.isPresent() ? blank.getAsInt() : blank())
                .scores(logits.data())
                .inputLengths(vector(INPUT_LENGTHS));
        NpyArray targets = npz.read(TARGETS);
        int[] targetLengths = vector(TARGET_LENGTHS);
        check(TARGETS, "shape", targets.shapeText(), targets.rank() == 1 || targets.rank() == 2, "of 1 or 2 axes");
        if (targets.rank() == 1) {
            return builder.concatenatedTargets(ints(TARGETS, targets), targetLengths)
                    .build();
        }
        check(
                TARGETS,
                "shape",
                targets.shapeText(),
                targets.length(0) == targetLengths.length,
                "of one row for each of %d target_lengths".formatted(targetLengths.length));
        return builder.paddedTargets(ints(TARGETS, targets), targets.length(1), targetLengths)
                .build();
    }

    private int blank() throws BatchFileException {
        if (!npz.has(BLANK)) {
            return 0;
        }
        NpyArray array = npz.read(BLANK);
        check(BLANK, "shape", array.shapeText(), array.size() == 1, "a scalar's");
        return ints(BLANK, array)[0];
    }

    private int[] vector(String name) throws BatchFileException {
        NpyArray array = npz.read(name);
        check(name, "shape", array.shapeText(), array.rank() == 1, "of 1 axis");
        return ints(name, array);
    }

    private int[] ints(String name, NpyArray array) throws BatchFileException {
        // an empty array without a dtype is float64 in NumPy
        check(name, "dtype", array.type(), array.type().isInteger() || array.size() == 0, "int32 or int64");
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            long value = array.longAt(i);
            if (value != (int) value) {
                throw new BatchFileException(
                        "%s: %s%s = %d does not fit int32".formatted(file, name, indices(array, i), value));
            }
            values[i] = (int) value;
        }
        return values;
    }

    /** The place of element i in C order, as NumPy would index it. */
    private static String indices(NpyArray array, int i) {
        StringBuilder text = new StringBuilder();
        int rest = i;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            text.insert(0, "[%d]".formatted(rest % array.length(axis)));
            rest /= array.length(axis);
        }
        return text.toString();
    }

    private void check(String name, String property, Object value, boolean good, String expected)
            throws BatchFileException {
        if (!good) {
            throw new BatchFileException("%s: %s: %s = %s is not %s".formatted(file, name, property, value, expected));
        }
    }

    /** The builder's arguments by the names that the file has for them. */
    private static String inNamesOfTheFile(String message) {
        return message.replace("inputLengths", INPUT_LENGTHS)
                .replace("targetLengths", TARGET_LENGTHS)
                .replace("symbols = 0", "logits: number of symbols = 0");
    }

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
        arrays.put(LOGITS, timeMajorScores(batch));
        arrays.put(INPUT_LENGTHS, lengths(IntStream.range(0, utterances).map(batch::inputLength)));
        arrays.put(TARGETS, NpyArray.ofInts(padded, utterances, width));
        arrays.put(TARGET_LENGTHS, lengths(IntStream.range(0, utterances).map(batch::targetLength)));
        arrays.put(BLANK, NpyArray.ofInts(new int[] {batch.blank()}));
        return arrays;
    }

    private static NpyArray lengths(IntStream values) {
        int[] lengths = values.toArray();
        return NpyArray.ofInts(lengths, lengths.length);
    }

    private static NpyArray timeMajorScores(CtcBatch batch) {
        int[] shape = {batch.timeSteps(), batch.batchSize(), batch.symbols()};
        if (batch.layout() == Layout.TIME_MAJOR) {
            return NpyArray.of(NpyType.FLOAT32, batch.scores(), shape);
        }
        NpyArray copy = NpyArray.allocate(NpyType.FLOAT32, shape);
        long row = (long) batch.symbols() * Float.BYTES;
        // utterances first: where there are none there may be two billion frames
        for (int b = 0; b < batch.batchSize(); b++) {
            for (int t = 0; t < batch.timeSteps(); t++) {
                long from = batch.rowOffset(t, b) * Float.BYTES;
                long to = ((long) t * batch.batchSize() + b) * row;
                MemorySegment.copy(batch.scores(), from, copy.data(), to, row);
            }
        }
        return copy;
    }
}
