package io.github.tornadoctc.io;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcBatchBuilder;
import io.github.tornadoctc.Layout;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
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
        }
    }

    private CtcBatch read(Layout layout, OptionalInt blank) throws BatchFileException {
        checkNames();
        NpyArray logits = array(LOGITS);
        check(LOGITS, "dtype", logits.type(), logits.type() == NpyType.FLOAT32, "float32");
        check(LOGITS, "shape", logits.shapeText(), logits.rank() == 3, "of 3 axes");
        check(LOGITS, "number of symbols", logits.length(2), logits.length(2) > 0, "at least 1");
        boolean timeMajor = layout == Layout.TIME_MAJOR;
        int timeSteps = logits.length(timeMajor ? 0 : 1);
        int utterances = logits.length(timeMajor ? 1 : 0);
        CtcBatchBuilder builder = CtcBatch.builder(timeSteps, utterances, logits.length(2))
                .layout(layout)
                .blank(blank.isPresent() ? blank.getAsInt() : blank())
                .scores(logits.data())
                .inputLengths(lengths(INPUT_LENGTHS, utterances, timeSteps, "the batch's time steps"));
        return readTargets(builder, utterances).build();
    }

    private void checkNames() throws BatchFileException {
        Set<String> given = new HashSet<>();
        for (String name : npz.names()) {
            String field = BatchFields.camelCase(name);
            if (!BatchFields.NAMES.contains(field)) {
                throw error(BatchFields.unknown(name));
            }
            if (!given.add(field)) {
                throw error("%s is given twice, in either spelling".formatted(field));
            }
        }
    }

    /** The array of that name, or of the same name in camel case. */
    private NpyArray array(String name) throws BatchFileException {
        String camelCase = BatchFields.camelCase(name);
        return npz.read(npz.has(camelCase) ? camelCase : name);
    }

    private CtcBatchBuilder readTargets(CtcBatchBuilder builder, int utterances) throws BatchFileException {
        NpyArray targets = array(TARGETS);
        check(TARGETS, "shape", targets.shapeText(), targets.rank() == 1 || targets.rank() == 2, "of 1 or 2 axes");
        if (targets.rank() == 1) {
            int[] lengths = lengths(TARGET_LENGTHS, utterances, targets.size(), "all labels there are");
            long sum = Arrays.stream(lengths).asLongStream().sum();
            if (sum != targets.size()) {
                throw error("%s has %d labels, but %s add up to %d"
                        .formatted(TARGETS, targets.size(), TARGET_LENGTHS, sum));
            }
            return builder.concatenatedTargets(ints(TARGETS, targets), lengths);
        }
        int width = targets.length(1);
        int[] lengths = lengths(TARGET_LENGTHS, utterances, width, "the padded width");
        check(
                TARGETS,
                "shape",
                targets.shapeText(),
                targets.length(0) == utterances,
                "of one row for each of %d %s".formatted(utterances, TARGET_LENGTHS));
        // what a row is padded with is never read, and may be anything
        return builder.paddedTargets(ints(TARGETS, targets, i -> i % width < lengths[i / width]), width, lengths);
    }

    /**
     * One length for each utterance, in [0, {@code most}]. The builder of the batch checks the same, but could not
     * name the array as the file does.
     */
    private int[] lengths(String name, int utterances, int most, String mostIs) throws BatchFileException {
        NpyArray array = array(name);
        check(name, "shape", array.shapeText(), array.rank() == 1, "of 1 axis");
        int[] lengths = ints(name, array);
        if (lengths.length != utterances) {
            throw error("%s has %d values for a batch of %d".formatted(name, lengths.length, utterances));
        }
        for (int b = 0; b < utterances; b++) {
            if (lengths[b] < 0 || lengths[b] > most) {
                throw error("%s[%d] = %d is not between 0 and %d, %s".formatted(name, b, lengths[b], most, mostIs));
            }
        }
        return lengths;
    }

    private int blank() throws BatchFileException {
        if (!npz.has(BLANK)) {
            return 0;
        }
        NpyArray array = array(BLANK);
        check(BLANK, "shape", array.shapeText(), array.size() == 1, "a scalar's");
        return ints(BLANK, array)[0];
    }

    private int[] ints(String name, NpyArray array) throws BatchFileException {
        return ints(name, array, i -> true);
    }

    /** The integers, and 0 for those that are not wanted by their place in C order. */
    private int[] ints(String name, NpyArray array, IntPredicate wanted) throws BatchFileException {
        // an empty array without a dtype is float64 in NumPy
        check(name, "dtype", array.type(), array.type().isInteger() || array.size() == 0, "int32 or int64");
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            long value = wanted.test(i) ? array.longAt(i) : 0;
            if (value != (int) value) {
                throw error("%s%s = %d does not fit int32".formatted(name, indices(array, i), value));
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
            throw error("%s: %s = %s is not %s".formatted(name, property, value, expected));
        }
    }

    private BatchFileException error(String message) {
        return new BatchFileException("%s: %s".formatted(file, message));
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
        arrays.put(INPUT_LENGTHS, array(IntStream.range(0, utterances).map(batch::inputLength)));
        arrays.put(TARGETS, NpyArray.ofInts(padded, utterances, width));
        arrays.put(TARGET_LENGTHS, array(IntStream.range(0, utterances).map(batch::targetLength)));
        arrays.put(BLANK, NpyArray.ofInts(new int[] {batch.blank()}));
        return arrays;
    }

    private static NpyArray array(IntStream values) {
        int[] array = values.toArray();
        return NpyArray.ofInts(array, array.length);
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
