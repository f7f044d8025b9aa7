package io.github.tornadoctc.io.fuzz;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Layout;
import io.github.tornadoctc.io.BatchFile;
import io.github.tornadoctc.io.ReadOptions;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a batch in either layout; one that is accepted must be the same when it is written and read again. */
final class CheckedBatch {
    /** Targets are padded when they are written; more labels than this take the fuzzer's time. */
    private static final long MOST_PADDED = 1 << 20;

    private CheckedBatch() {}

    static void read(Path file, Memory most) throws IOException {
        for (Layout layout : Layout.values()) {
            CtcBatch batch = CheckedRead.read(file, most, path -> BatchFile.load(
                            path, ReadOptions.defaults().withLayout(layout))
                    .batch());
            if (batch != null && (long) batch.batchSize() * batch.maxTargetLength() <= MOST_PADDED) {
                Path again = CheckedRead.scratch("again");
                BatchFile.write(again, batch);
                checkSame(BatchFile.read(again), batch);
            }
        }
    }

    private static void checkSame(CtcBatch actual, CtcBatch expected) {
        check("time steps", actual.timeSteps() == expected.timeSteps());
        check("utterances", actual.batchSize() == expected.batchSize());
        check("symbols", actual.symbols() == expected.symbols());
        check("blank", actual.blank() == expected.blank());
        check("types", actual.scoreType() == expected.scoreType());
        for (int b = 0; b < expected.batchSize(); b++) {
            check("input lengths", actual.inputLength(b) == expected.inputLength(b));
            check("targets", Arrays.equals(actual.target(b), expected.target(b)));
            for (int t = 0; t < expected.timeSteps(); t++) {
                check("scores", row(actual, t, b).mismatch(row(expected, t, b)) < 0);
            }
        }
    }

    private static MemorySegment row(CtcBatch batch, int t, int b) {
        long bytes = batch.scoreType().bytes();
        return batch.scores().asSlice(batch.rowOffset(t, b) * bytes, batch.symbols() * bytes);
    }

    private static void check(String what, boolean same) {
        if (!same) {
            throw new AssertionError(what + " are not the same when the batch is written and read again");
        }
    }
}
