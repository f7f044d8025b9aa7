package io.github.tornadoctc.spark;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.io.NpyArray;
import io.github.tornadoctc.io.NpyType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes utterances of rows, whose columns are those of {@link InputColumns}; of a bad row, its error. */
final class UtteranceReader {
    private static final int[] NO_LABELS = {};

    private final CorpusInput input;
    private final @Nullable TargetReader targets;
    private final @Nullable ScoreFiles files;
    private final WindowMemory window = new WindowMemory();

    /**
     * A reader of such rows.
     *
     * @param targets null if utterances need no targets
     * @param files null if scores are in no files
     */
    UtteranceReader(CorpusInput input, @Nullable TargetReader targets, @Nullable ScoreFiles files) {
        this.input = input;
        this.targets = targets;
        this.files = files;
    }

    /** The scores of all utterances that were read before are no longer needed. */
    void beginWindow() {
        window.clear();
    }

    Utterance read(UtteranceRow row) {
        Object id = row.isNull(InputColumns.ID) ? null : row.id();
        try {
            if (id == null) {
                throw new IllegalArgumentException("id is null");
            }
            NpyArray scores = scores(row);
            int symbols = scores.length(1);
            TargetReader.Target target =
                    targets == null ? new TargetReader.Target(NO_LABELS, NO_LABELS) : targets.read(row, symbols);
            checkLabels(symbols, target.labels());
            return new Utterance(id, scores, target.labels(), target.wildcards());
        } catch (IllegalArgumentException | IOException e) {
            return Utterance.invalid(id, String.valueOf(e.getMessage()));
        }
    }

    /** By the rules of batches, in a batch without frames. */
    private void checkLabels(int symbols, int... labels) {
        try {
            CtcBatch.builder(0, 1, symbols).blank(input.blank()).targets(labels).build();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    String.valueOf(e.getMessage())
                            .replace("targets[0]", "target")
                            .replace("symbols =", "V ="),
                    e);
        }
    }

    private NpyArray scores(UtteranceRow row) throws IOException {
        if (row.isNull(InputColumns.SCORES)) {
            throw new IllegalArgumentException("scores is null");
        }
        if (row.isText(InputColumns.SCORES)) {
            return fromFile(row, row.text(InputColumns.SCORES));
        }
        int frames = length(row, InputColumns.FRAMES, "T", 0);
        int symbols = length(row, InputColumns.SYMBOLS, "V", 1);
        return row.hasBinaryScores()
                ? ofBytes(row.bytes(InputColumns.SCORES), type(row), frames, symbols)
                : ofNumbers(row.numbers(InputColumns.SCORES), frames, symbols);
    }

    private NpyArray fromFile(UtteranceRow row, String path) throws IOException {
        if (files == null) {
            throw new IllegalStateException("no files");
        }
        NpyArray array = files.read(path);
        String shape = Arrays.toString(array.shape());
        if (array.rank() != 2 || array.length(1) < 1) {
            throw new IllegalArgumentException("%s: shape = %s is not [T, V]".formatted(path, shape));
        }
        if (!array.type().isFloat()) {
            throw new IllegalArgumentException(
                    "%s: dtype = %s is no floating-point type".formatted(path, array.type()));
        }
        for (int axis = 0; axis < 2; axis++) {
            int column = axis == 0 ? InputColumns.FRAMES : InputColumns.SYMBOLS;
            if (!row.isNull(column) && row.integer(column) != array.length(axis)) {
                throw new IllegalArgumentException("%s: shape = %s, but %s = %d"
                        .formatted(path, shape, axis == 0 ? "T" : "V", row.integer(column)));
            }
        }
        return array;
    }

    private NpyArray ofBytes(MemorySegment bytes, NpyType type, int frames, int symbols) {
        long count = (long) frames * symbols;
        long length = bytes.byteSize();
        if (length % type.bytes() != 0 || length / type.bytes() != count) {
            BigInteger expected = BigInteger.valueOf(count).multiply(BigInteger.valueOf(type.bytes()));
            throw new IllegalArgumentException("scores has %d bytes, but T * V = %d * %d scores of %s take %s"
                    .formatted(length, frames, symbols, type, expected));
        }
        return NpyArray.ofLittleEndian(type, window.copy(bytes), frames, symbols);
    }

    private static NpyArray ofNumbers(UtteranceRow.Numbers numbers, int frames, int symbols) {
        if (numbers.size() != (long) frames * symbols) {
            throw new IllegalArgumentException(
                    "scores has %d numbers, but T * V = %d * %d".formatted(numbers.size(), frames, symbols));
        }
        float[] scores = new float[numbers.size()];
        for (int i = 0; i < scores.length; i++) {
            if (numbers.isNull(i)) {
                throw new IllegalArgumentException("scores[%d] is null".formatted(i));
            }
            scores[i] = numbers.real(i);
        }
        return NpyArray.of(NpyType.FLOAT32, MemorySegment.ofArray(scores), frames, symbols);
    }

    private static int length(UtteranceRow row, int column, String name, int least) {
        if (row.isNull(column)) {
            throw new IllegalArgumentException(name + " is null");
        }
        long length = row.integer(column);
        if (length < least || length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "%s = %d is not between %d and %d".formatted(name, length, least, Integer.MAX_VALUE));
        }
        return (int) length;
    }

    private NpyType type(UtteranceRow row) {
        if (row.isNull(InputColumns.TYPE)) {
            return input.type();
        }
        String name = row.text(InputColumns.TYPE);
        return Arrays.stream(NpyType.values())
                .filter(type -> type.isFloat() && type.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "dtype = %s is none of float16, bfloat16, float32, float64".formatted(name)));
    }
}
