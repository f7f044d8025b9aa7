package io.github.tornadoctc.examples.trainocr;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.tracker.CosineTracker;
import ai.djl.training.tracker.Tracker;
import ai.djl.training.tracker.WarmUpTracker;
import io.github.tornadoctc.djl.CtcErrorRate;
import io.github.tornadoctc.djl.CtcLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Trains the network, from where it was left, and leaves it where the next run goes on. */
final class TrainingRun {
    private static final String MODEL = "line-reader";

    private static final float LEARNING_RATE = 3e-3f;
    private static final float LAST_LEARNING_RATE = 1e-5f;
    private static final int WARM_UP = 100;
    private static final int VALIDATION_BATCH = 100;
    private static final String VALIDATION = "validation";

    private final TrainingPlan plan;
    private final Path directory;
    private final LineDrawing drawing;
    private final Consumer<History> progress;

    /**
     * A run.
     *
     * @param directory where the checkpoint is, and the model is to be
     * @param progress is told the history after every step and every validation
     */
    TrainingRun(TrainingPlan plan, Path directory, LineDrawing drawing, Consumer<History> progress) {
        this.plan = plan;
        this.directory = directory;
        this.drawing = drawing;
        this.progress = progress;
    }

    /**
     * Goes on up to a step, or to the end of the plan if that is earlier; the model is saved at that.
     *
     * @return how the training has gone so far
     * @throws IOException if a file cannot be read or written, or the checkpoint is of another plan
     */
    History until(int lastStep) throws IOException {
        Files.createDirectories(directory);
        Checkpoint checkpoint = new Checkpoint(directory);
        Engine.getEngine("PyTorch").setRandomSeed((int) plan.seed());
        try (Model model = newModel(Alphabet.symbols());
                CtcLoss loss = new CtcLoss()) {
            Checkpoint.State state = checkpoint.exists() ? checkpoint.read(plan, model) : null;
            History history = state == null ? new History() : state.history();
            ResumableAdam adam = ResumableAdam.after(history.steps(), model.getNDManager(), learningRate());
            DefaultTrainingConfig config =
                    new DefaultTrainingConfig(loss).optOptimizer(adam).optDevices(new Device[] {Device.cpu()});
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(LineNetwork.inputShape());
                if (state != null) {
                    state.restore(adam, model);
                }
                int end = Math.min(lastStep, plan.steps());
                while (history.steps() < end) {
                    history.add(step(trainer, history.steps()));
                    boolean validated = history.steps() % plan.validateEvery() == 0 || history.steps() == plan.steps();
                    if (validated) {
                        history.add(validate(trainer, history.steps()));
                    }
                    if (validated || history.steps() == end) {
                        checkpoint.write(plan, history, model, adam);
                    }
                    progress.accept(history);
                }
            }
            model.setProperty("Epoch", "0"); // of this name there is one, that of the last run
            model.save(directory, MODEL);
            return history;
        }
    }

    /** A model without weights, of V symbols. */
    static Model newModel(int symbols) {
        Model model = Model.newInstance(MODEL, Device.cpu(), "PyTorch");
        model.setBlock(LineNetwork.create(symbols));
        return model;
    }

    /**
     * The model that a training has saved.
     *
     * @throws IOException if there is none in that directory
     */
    static Model load(Path directory) throws IOException {
        Path file = directory.resolve(MODEL + "-0000.params");
        if (!Files.isRegularFile(file)) {
            throw new IOException("%s is not there; train saves it".formatted(file));
        }
        Model model = newModel(Alphabet.symbols());
        try {
            model.load(directory, MODEL);
            return model;
        } catch (IOException | MalformedModelException e) {
            model.close();
            throw new IOException("%s cannot be loaded".formatted(file), e);
        }
    }

    private Tracker learningRate() {
        Tracker cosine = CosineTracker.builder()
                .setBaseValue(LEARNING_RATE)
                .optFinalValue(LAST_LEARNING_RATE)
                .setMaxUpdates(Math.max(1, plan.steps() - WARM_UP))
                .build();
        return WarmUpTracker.builder()
                .setMainTracker(cosine)
                .optWarmUpSteps(WARM_UP)
                .build();
    }

    private float step(Trainer trainer, int step) {
        try (NDManager manager = trainer.getManager().newSubManager()) {
            LineBatch batch = LineBatch.draw(manager, drawing, plan.seed(), step, plan.batchSize());
            NDArray loss = learn(trainer, trainer.getLoss(), batch);
            trainer.step();
            return loss.getFloat();
        }
    }

    /** Forward and back: what {@link ai.djl.training.EasyTrain} does, which does not tell the loss. */
    static NDArray learn(Trainer trainer, Loss loss, LineBatch batch) {
        try (GradientCollector collector = trainer.newGradientCollector()) {
            NDList predictions = trainer.forward(batch.data());
            NDArray value = loss.evaluate(batch.labels(), predictions);
            collector.backward(value);
            return value;
        }
    }

    /** On lines that no step has: their numbers count down from −1. */
    private History.Validation validate(Trainer trainer, int step) {
        CtcErrorRate errorRate = new CtcErrorRate();
        errorRate.addAccumulator(VALIDATION);
        for (int from = 0; from < plan.validationLines(); from += VALIDATION_BATCH) {
            try (NDManager manager = trainer.getManager().newSubManager()) {
                int lines = Math.min(VALIDATION_BATCH, plan.validationLines() - from);
                LineBatch batch = LineBatch.draw(manager, drawing, plan.seed(), -1 - from, lines);
                errorRate.updateAccumulator(VALIDATION, batch.labels(), trainer.evaluate(batch.data()));
            }
        }
        return new History.Validation(step, errorRate.getAccumulator(VALIDATION));
    }
}
