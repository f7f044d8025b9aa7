package io.github.tornadoctc.examples.trainocr;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.tracker.Tracker;
import io.github.tornadoctc.timing.Quartiles;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps of training on one batch, with different losses in turns: what a step takes, and what the loss takes of it, which is
 * its value and the gradient with respect to the scores, without the network.
 */
final class StepProfile implements AutoCloseable {
    private static final float LEARNING_RATE = 1e-4f;
    private static final double MILLIS = 1e6;

    private final List<Loss> losses;
    private final Model model;
    private final List<Trainer> trainers = new ArrayList<>();
    private final LineBatch batch;

    /**
     * What a loss takes.
     *
     * @param loss its name
     * @param lossAlone forward and back, milliseconds
     * @param step milliseconds
     */
    record Row(String loss, Quartiles lossAlone, Quartiles step) {
        /** Of the step's median. */
        double share() {
            return lossAlone.median() / step.median();
        }
    }

    /** A profile of steps of so many lines, by a network of V symbols that all losses train in turns. */
    StepProfile(int symbols, int lines, List<Loss> losses) {
        this.losses = losses;
        Engine.getEngine("PyTorch").setRandomSeed(1);
        this.model = TrainingRun.newModel(symbols);
        for (Loss loss : losses) {
            ResumableAdam adam = ResumableAdam.after(0, model.getNDManager(), Tracker.fixed(LEARNING_RATE));
            Trainer trainer = model.newTrainer(
                    new DefaultTrainingConfig(loss).optOptimizer(adam).optDevices(new Device[] {Device.cpu()}));
            trainer.initialize(LineNetwork.inputShape());
            trainers.add(trainer);
        }
        this.batch = LineBatch.draw(model.getNDManager(), LineDrawing.create(), 1, 0, lines);
        // labels from all over the vocabulary, whatever the lines say
        batch.labels().set(0, batch.labels().get(0).mul((symbols - 1) / (Alphabet.symbols() - 1)));
    }

    /** T. */
    long frames() {
        return batch.data().get(0).getShape().get(3) / LineNetwork.PIXELS_OF_A_FRAME;
    }

    /** A row for each loss. */
    List<Row> measure(int discarded, int rounds) {
        double[][] alone = new double[losses.size()][rounds];
        double[][] steps = new double[losses.size()][rounds];
        for (int round = -discarded; round < rounds; round++) {
            for (int i = 0; i < losses.size(); i++) {
                double lossMillis = lossAlone(i);
                double stepMillis = step(i);
                if (round >= 0) {
                    alone[i][round] = lossMillis;
                    steps[i][round] = stepMillis;
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < losses.size(); i++) {
            rows.add(new Row(losses.get(i).getName(), Quartiles.of(alone[i]), Quartiles.of(steps[i])));
        }
        return rows;
    }

    private double step(int i) {
        try (NDManager manager = model.getNDManager().newSubManager()) {
            LineBatch ofStep = new LineBatch(images(manager), batch.labels());
            long start = System.nanoTime();
            TrainingRun.learn(trainers.get(i), losses.get(i), ofStep);
            trainers.get(i).step();
            return (System.nanoTime() - start) / MILLIS;
        }
    }

    /** On the scores that the network gives, as a leaf of autograd's graph. */
    private double lossAlone(int i) {
        try (NDManager manager = model.getNDManager().newSubManager()) {
            NDArray scores =
                    trainers.get(i).evaluate(images(manager)).singletonOrThrow().duplicate();
            scores.setRequiresGradient(true);
            try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                long start = System.nanoTime();
                collector.backward(losses.get(i).evaluate(batch.labels(), new NDList(scores)));
                return (System.nanoTime() - start) / MILLIS;
            }
        }
    }

    /** A copy: what is computed of an array lives as long as the array's manager. */
    private NDList images(NDManager manager) {
        NDList images = new NDList(batch.data().singletonOrThrow().duplicate());
        images.attach(manager);
        return images;
    }

    @Override
    public void close() {
        trainers.forEach(Trainer::close);
        model.close();
    }
}
