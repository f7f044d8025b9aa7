package io.github.tornadoctc.spark;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.Layout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the utterances of a partition become, in their order. No more is held at a time than a window of them, the
 * row that ended it, and one batch.
 */
final class PartitionRows implements Iterator<Row> {
    private final Iterator<UtteranceRow> input;
    private final UtteranceReader reader;
    private final CorpusOperation operation;
    private final CorpusOptions options;
    private final Supplier<ExecutorBackend> backend;
    private final Deque<Row> ready = new ArrayDeque<>();

    PartitionRows(
            Iterator<UtteranceRow> input,
            UtteranceReader reader,
            CorpusOperation operation,
            CorpusOptions options,
            Supplier<ExecutorBackend> backend) {
        this.input = input;
        this.reader = reader;
        this.operation = operation;
        this.options = options;
        this.backend = backend;
    }

    @Override
    public boolean hasNext() {
        if (ready.isEmpty() && input.hasNext()) {
            computeWindow();
        }
        return !ready.isEmpty();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.removeFirst();
    }

    private void computeWindow() {
        List<Utterance> window = window();
        Map<Utterance, Row> rows = new HashMap<>();
        List<Utterance> valid =
                window.stream().filter(each -> each.error() == null).toList();
        computeAll(valid, rows);
        for (Utterance utterance : window) {
            ready.add(
                    utterance.error() == null
                            ? Objects.requireNonNull(rows.get(utterance))
                            : operation.invalid(utterance));
        }
    }

    /** With a loader of classes that finds the services of modules too, as TornadoVM's are; that of Spark's tasks does not. */
    private void computeAll(List<Utterance> utterances, Map<Utterance, Row> rows) {
        Thread thread = Thread.currentThread();
        ClassLoader ofTask = thread.getContextClassLoader();
        thread.setContextClassLoader(PartitionRows.class.getClassLoader());
        try {
            // what keeps it from being opened is no fault of the rows
            ExecutorBackend lender = operation.usesBackend() && !utterances.isEmpty() ? backend.get() : null;
            for (List<Utterance> batch : Batches.form(utterances, operation, options.batchBytes())) {
                computeBatch(batch, rows, lender);
            }
        } finally {
            thread.setContextClassLoader(ofTask);
        }
    }

    private List<Utterance> window() {
        List<Utterance> window = new ArrayList<>();
        reader.beginWindow();
        for (long bytes = 0; bytes < options.windowBytes() && input.hasNext(); ) {
            Utterance utterance = reader.read(input.next());
            bytes += utterance.heldBytes();
            window.add(utterance);
        }
        return window;
    }

    private void computeBatch(List<Utterance> utterances, Map<Utterance, Row> rows, @Nullable ExecutorBackend lender) {
        try {
            List<Row> computed = compute(utterances, lender);
            for (int b = 0; b < utterances.size(); b++) {
                rows.put(utterances.get(b), computed.get(b));
            }
        } catch (IllegalArgumentException e) {
            // one of them is not for this backend, such as for the memory of its device; the others may be
            if (utterances.size() == 1) {
                utterances.getFirst().fail(String.valueOf(e.getMessage()));
            } else {
                utterances.forEach(each -> computeBatch(List.of(each), rows, lender));
            }
        }
        utterances.forEach(Utterance::release);
    }

    private List<Row> compute(List<Utterance> utterances, @Nullable ExecutorBackend lender) {
        long bytes = utterances.size() * utterances.getLast().scoreBytes();
        if (lender == null || bytes > options.batchBytes()) {
            try (Arena arena = Arena.ofShared()) {
                return compute(utterances, arena.allocate(bytes, Float.BYTES), lender);
            }
        }
        MemorySegment lent = lender.lend(options.batchBytes());
        try {
            return compute(utterances, lent.asSlice(0, bytes), lender);
        } finally {
            lender.giveBack(lent);
        }
    }

    /** With memory for the scores, [B][T][V]. */
    private List<Row> compute(List<Utterance> utterances, MemorySegment scores, @Nullable ExecutorBackend lender) {
        int frames = utterances.getLast().frames();
        int symbols = utterances.getLast().symbols();
        long stride = utterances.getLast().scoreBytes();
        for (int b = 0; b < utterances.size(); b++) {
            utterances
                    .get(b)
                    .copyScores(scores.asSlice(b * stride, utterances.get(b).scoreBytes()));
        }
        CtcBatch batch = CtcBatch.builder(frames, utterances.size(), symbols)
                .layout(Layout.BATCH_MAJOR)
                .blank(options.input().blank())
                .scores(scores)
                .inputLengths(utterances.stream().mapToInt(Utterance::frames).toArray())
                .targets(utterances.stream().map(Utterance::target).toArray(int[][]::new))
                .build();
        return operation.compute(batch, utterances, lender == null ? null : lender.backend());
    }
}
