package io.github.tornadoctc.spark.corpus;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is, as Spark tells it: a bar on stderr while somebody watches, else a line for each chunk. A task is its
 * share of the bytes of its chunk.
 */
final class CorpusProgress extends SparkListener implements CorpusJob.Watcher, AutoCloseable {
    /** Set by the launcher if stdout and stderr are terminals; Java cannot tell of stderr. */
    private static final String WATCHED_PROPERTY = "tornadoctc.progress";

    private static final int MEBIBYTE = 1 << 20;

    private final PrintWriter err;
    private final PrintStream systemOut = System.out;
    private final PrintStream systemErr = System.err;
    private final @Nullable ProgressBar bar;
    private int chunks;
    private long doneBytes;
    private long chunkBytes;
    private long chunkStart;
    private int tasks;
    private int doneTasks;
    /** Of this run. */
    private long rows;

    private boolean waits;

    /** A bar if somebody watches, and else lines. */
    CorpusProgress(PrintWriter err) {
        this(err, System.err, Boolean.getBoolean(WATCHED_PROPERTY));
    }

    /**
     * A bar or lines.
     *
     * @param err for lines
     * @param terminal for the bar; what others print to {@code System.out} and {@code System.err} goes there, too, as long as
     *     it is drawn
     */
    CorpusProgress(PrintWriter err, PrintStream terminal, boolean watched) {
        this.err = err;
        this.bar = watched ? bar(new TerminalLine(terminal)) : null;
    }

    private static ProgressBar bar(TerminalLine line) {
        PrintStream above = line.above();
        System.setErr(above);
        System.setOut(above);
        return new ProgressBarBuilder()
                .setTaskName("corpus")
                .setInitialMax(-1)
                .setUnit(" MiB", MEBIBYTE)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(line)
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public void waits(String holder, Duration time) throws InterruptedException {
        if (!waits) {
            waits = true;
            String message = "ctc: looks for up to %d s whether an earlier run goes on, %s"
                    .formatted(RunLock.PATIENCE.toSeconds(), holder);
            if (bar == null) {
                err.println(message);
            } else {
                // above the bar
                System.err.println(message);
            }
        }
        CorpusJob.Watcher.super.waits(holder, time);
    }

    @Override
    public synchronized void plan(List<Chunk> all) {
        chunks = all.size();
        if (bar != null) {
            bar.maxHint(all.stream().mapToLong(Chunk::bytes).sum());
        }
    }

    @Override
    public synchronized void begins(Chunk chunk) {
        chunkBytes = chunk.bytes();
        chunkStart = System.nanoTime();
        tasks = 0;
        doneTasks = 0;
    }

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
        tasks += event.stageInfo().numTasks();
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
        if (!event.taskInfo().successful()) {
            return;
        }
        doneTasks++;
        rows += event.taskMetrics().outputMetrics().recordsWritten();
        if (bar != null && tasks > 0) {
            bar.stepTo(doneBytes + (long) (chunkBytes * Math.min(1.0, (double) doneTasks / tasks)));
            bar.setExtraMessage(" %,d rows".formatted(rows));
        }
    }

    @Override
    public synchronized void done(Chunk chunk, int count, boolean before) {
        doneBytes += chunk.bytes();
        if (bar != null) {
            bar.stepTo(doneBytes);
        } else if (before) {
            err.println("ctc: chunk %d of %d was done before".formatted(count, chunks));
        } else {
            err.println("ctc: chunk %d of %d was done in %.1f s"
                    .formatted(count, chunks, (System.nanoTime() - chunkStart) / 1e9));
        }
    }

    /** Draws what it knows now, which it does once a second by itself. */
    void refresh() {
        if (bar != null) {
            bar.refresh();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            System.setErr(systemErr);
            System.setOut(systemOut);
        }
    }
}
