package io.github.tornadoctc.io;

import org.jspecify.annotations.Nullable;

/** Whether the lengths of a file fit its scores with time and batch the other way round. */
final class OtherLayout {
    private OtherLayout() {}

    /** Whether everything that there is one of for each utterance fits. */
    static boolean fits(BatchFields fields, int mostFrames, int count) throws BatchFileException {
        Integers targets = fields.targets;
        boolean rows = targets != null && targets.rank() == 2;
        return hasOneEach(fields.inputLengths, count)
                && hasOneEach(fields.targetLengths, count)
                && hasOneEach(rows ? targets : null, count)
                && areAtMost(fields.inputLengths, mostFrames);
    }

    private static boolean hasOneEach(@Nullable Integers field, int utterances) {
        return field == null || field.length() == utterances;
    }

    private static boolean areAtMost(@Nullable Integers lengths, int most) throws BatchFileException {
        if (lengths == null || !lengths.isList()) {
            return true;
        }
        for (int b = 0; b < lengths.length(); b++) {
            int length = lengths.value(b);
            if (length < 0 || length > most) {
                return false;
            }
        }
        return true;
    }
}
