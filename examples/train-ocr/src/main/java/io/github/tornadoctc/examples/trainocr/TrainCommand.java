package io.github.tornadoctc.examples.trainocr;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: from scratch, or from where an earlier run was left. */
@Command(
        name = "train",
        description = "Trains, from the checkpoint in --out if there is one; saves the model and a plot there.",
        showDefaultValues = true,
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    private static final int SAMPLES = 4;
    private static final int RECENT = 50;
    private static final double NANOS = 1e9;

    @Option(names = "--out", description = "Directory of checkpoint, model, plot and some lines as pictures.")
    private Path out = Path.of("train-ocr");

    @Option(names = "--steps", description = "Steps in all.")
    private int steps = 1500;

    @Option(
            names = "--until",
            description = "Step to end at for now; a later run goes on.",
            showDefaultValue = Visibility.NEVER)
    private int until = Integer.MAX_VALUE;

    @Option(names = "--batch", description = "Lines of a step.")
    private int batch = 32;

    @Option(names = "--seed", description = "Of the weights and the lines.")
    private long seed = 1;

    @Option(names = "--validation-lines", description = "Lines that the error rate is measured on.")
    private int validationLines = 1000;

    @Option(names = "--validate-every", description = "Steps from one validation, and checkpoint, to the next.")
    private int validateEvery = 150;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        TrainingPlan plan = new TrainingPlan(seed, steps, batch, validationLines, validateEvery);
        LineDrawing drawing = LineDrawing.create();
        PrintWriter printer = spec.commandLine().getOut();
        long start = System.nanoTime();
        History history;
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("training")
                .setInitialMax(Math.min(until, steps))
                .setStyle(ProgressBarStyle.ASCII)
                .build()) {
            Watcher watcher = new Watcher(bar, printer, start);
            history = new TrainingRun(plan, out, drawing, watcher::see).until(until);
        }
        LearningCurve.write(out.resolve("learning-curve.png"), history);
        writeSamples(drawing);
        printer.printf(
                "%d of %d steps, %.0f s in this run; character error rate %s%n",
                history.steps(), steps, (System.nanoTime() - start) / NANOS, last(history.validations()));
        printer.flush();
        return 0;
    }

    /** Lines to read, which are named by what they say. */
    private void writeSamples(LineDrawing drawing) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < SAMPLES; i++) {
            DrawnLine line = drawing.draw(random);
            line.image().write(out.resolve(line.text() + ".png"));
        }
    }

    private static String last(List<History.Validation> validations) {
        return validations.isEmpty()
                ? "not measured yet"
                : "%.2f %%".formatted(100 * validations.getLast().errorRate());
    }

    /** Moves the bar, and prints a line for each validation. */
    private static final class Watcher {
        private final ProgressBar bar;
        private final PrintWriter printer;
        private final long start;

        Watcher(ProgressBar bar, PrintWriter printer, long start) {
            this.bar = bar;
            this.printer = printer;
            this.start = start;
        }

        void see(History history) {
            bar.stepTo(history.steps());
            bar.setExtraMessage("loss %.3f".formatted(history.recentLoss(RECENT)));
            List<History.Validation> all = history.validations();
            if (!all.isEmpty() && all.getLast().step() == history.steps()) {
                printer.printf(
                        "step %d  loss %.3f  character error rate %s  %.0f s%n",
                        history.steps(), history.recentLoss(RECENT), last(all), (System.nanoTime() - start) / NANOS);
                printer.flush();
            }
        }
    }
}
