package io.github.tornadoctc.cli;

import io.github.tornadoctc.compare.Comparison;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on stderr while somebody watches; nothing where output goes to a file or a pipe. */
final class ProgressLine implements Comparison.Progress, AutoCloseable {
    /** Set by the launcher if stdout and stderr are terminals; Java cannot tell of stderr. */
    private static final String WATCHED_PROPERTY = "tornadoctc.progress";

    private @Nullable ProgressBar bar;
    private @Nullable ScheduledExecutorService later;
    private boolean closed;

    private ProgressLine(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static ProgressLine start(String task, int steps) {
        if (!Boolean.getBoolean(WATCHED_PROPERTY)) {
            return new ProgressLine(null);
        }
        return new ProgressLine(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish()
                .build());
    }

    /** One that counts nothing but seconds, and only shows if it takes more than one. */
    @SuppressWarnings("FutureReturnValueIgnored") // closing the line ends what has not begun
    static ProgressLine startLater(String task) {
        ProgressLine line = new ProgressLine(null);
        if (Boolean.getBoolean(WATCHED_PROPERTY)) {
            line.later = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().factory());
            line.later.schedule(() -> line.show(task), 1, TimeUnit.SECONDS);
        }
        return line;
    }

    private synchronized void show(String task) {
        if (!closed) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(-1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .clearDisplayOnFinish()
                    .build();
        }
    }

    @Override
    public synchronized void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (later != null) {
            later.shutdownNow();
        }
        if (bar != null) {
            bar.close();
        }
    }
}
