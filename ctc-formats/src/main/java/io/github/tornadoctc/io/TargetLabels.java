package io.github.tornadoctc.io;

import io.github.tornadoctc.CtcBatchBuilder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The labels of a file: rows with padding, or one sequence after the other. */
final class TargetLabels {
    /** What targets are commonly padded with where the blank is not: −1, and −100, which PyTorch's losses ignore. */
    private static final int[] PADDING = {-1, -100};

    private final BatchFields fields;
    private final Integers targets;
    private final int blank;

    TargetLabels(BatchFields fields, Integers targets, int blank) {
        this.fields = fields;
        this.targets = targets;
        this.blank = blank;
    }

    /** Of each row as many labels as its length says, or those in front of its padding. */
    void rows(CtcBatchBuilder builder, int @Nullable [] lengths) throws BatchFileException {
        int[] widths = lengths == null ? new int[targets.length()] : lengths;
        long sum = 0;
        for (int b = 0; b < widths.length; b++) {
            if (lengths == null) {
                widths[b] = unpadded(b);
            } else if (widths[b] > targets.width(b)) {
                throw fields.error("%s[%d] = %d is not between 0 and %d, the labels of %s[%d]"
                        .formatted(lengthsName(), b, widths[b], targets.width(b), targets.name(), b));
            }
            sum += widths[b];
        }
        int[] labels = new int[Math.toIntExact(sum)];
        int at = 0;
        for (int b = 0; b < widths.length; b++) {
            for (int u = 0; u < widths[b]; u++) {
                labels[at++] = targets.value(b, u);
            }
        }
        builder.concatenatedTargets(labels, widths);
    }

    /** The labels of the only utterance, as a list. */
    void single(CtcBatchBuilder builder, int @Nullable [] lengths) throws BatchFileException {
        int[] labels = new int[lengths == null ? unpadded() : lengths[0]];
        for (int u = 0; u < labels.length; u++) {
            labels[u] = targets.value(u);
        }
        builder.concatenatedTargets(labels, labels.length);
    }

    /** The labels of all utterances in one list. */
    void concatenated(CtcBatchBuilder builder, int... lengths) throws BatchFileException {
        long sum = Arrays.stream(lengths).asLongStream().sum();
        if (sum != targets.length()) {
            throw fields.error("%s has %d labels, but %s add up to %d"
                    .formatted(targets.name(), targets.length(), lengthsName(), sum));
        }
        int[] labels = new int[targets.length()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = targets.value(i);
        }
        builder.concatenatedTargets(labels, lengths);
    }

    private String lengthsName() {
        return fields.targetLengths == null ? fields.spelling("targetLengths") : fields.targetLengths.name();
    }

    /** The labels of the list in front of its padding. */
    private int unpadded() throws BatchFileException {
        int length = 0;
        for (int u = 0; u < targets.length(); u++) {
            length = counted(length, u, targets.value(u), "[%d]");
        }
        return length;
    }

    /** The labels of a row in front of its padding. */
    private int unpadded(int b) throws BatchFileException {
        int length = 0;
        for (int u = 0; u < targets.width(b); u++) {
            length = counted(length, u, targets.value(b, u), "[" + b + "][%d]");
        }
        return length;
    }

    /** So many labels, and the next one if it is no padding. */
    private int counted(int length, int u, int label, String index) throws BatchFileException {
        if (label == PADDING[0] || label == PADDING[1]) {
            return length;
        }
        if (label == blank) {
            String what = "is the blank; if it is padding, %s must say where targets end".formatted(lengthsName());
            throw error(u, label, index, what);
        }
        if (length < u) {
            String what = "follows padding; %s can say where targets end".formatted(lengthsName());
            throw error(u, label, index, what);
        }
        return u + 1;
    }

    private BatchFileException error(int u, int label, String index, String what) {
        return fields.error("%s%s = %d %s".formatted(targets.name(), index.formatted(u), label, what));
    }
}
