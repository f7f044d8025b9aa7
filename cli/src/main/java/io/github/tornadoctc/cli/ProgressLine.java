package io.github.tornadoctc.cli;

import io.github.tornadoctc.compare.Comparison;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on stderr while somebody watches; nothing where output goes to a file or a pipe. */
final class ProgressLine implements Comparison.Progress, AutoCloseable {
    /** Set by the launcher if stdout and stderr are terminals; Java cannot tell of stderr. */
    private static final String WATCHED_PROPERTY = "tornadoctc.progress";

    private final @Nullable ProgressBar bar;

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

    @Override
    public void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
