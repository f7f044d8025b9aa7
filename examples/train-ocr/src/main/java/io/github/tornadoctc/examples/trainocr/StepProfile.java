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
import java.util.function.LongSupplier;

/**
 * Steps of training on one batch, with different losses in turns: what a step takes, and what the loss takes of it, which is
 * its value and the gradient with respect to the scores, without the network.
 */
final class StepProfile implements AutoCloseable {
    private static final float LEARNING_RATE = 1e-4f;
    private static final double MILLIS = 1e6;

    private final List<Contender> contenders;
    private final Model model;
    private final List<Trainer> trainers = new ArrayList<>();
    private final LineBatch batch;

    /**
     * A loss.
     *
     * @param loss itself
     * @param computing nanoseconds that its backend has computed so far; 0 if it has none that tells
     */
    record Contender(Loss loss, LongSupplier computing) {}

    /**
     * What a loss takes, in milliseconds.
     *
     * @param loss its name
     * @param computing what its backend takes; 0 if that is not known
     * @param lossAlone forward and back
     * @param step a whole one
     */
    record Row(String loss, Quartiles computing, Quartiles lossAlone, Quartiles step) {
        /** Of the step's median. */
        double share() {
            return lossAlone.median() / step.median();
        }
    }

    /** A profile of steps of so many lines, by a network of V symbols that all losses train in turns. */
    StepProfile(int symbols, int lines, List<Contender> contenders) {
        this.contenders = contenders;
        Engine.getEngine("PyTorch").setRandomSeed(1);
        this.model = TrainingRun.newModel(symbols);
        for (Contender contender : contenders) {
            ResumableAdam adam = ResumableAdam.after(0, model.getNDManager(), Tracker.fixed(LEARNING_RATE));
            Trainer trainer = model.newTrainer(new DefaultTrainingConfig(contender.loss())
                    .optOptimizer(adam)
                    .optDevices(new Device[] {Device.cpu()}));
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
        double[][][] times = new double[contenders.size()][3][rounds];
        for (int round = -discarded; round < rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                long before = contenders.get(i).computing().getAsLong();
                double alone = lossAlone(i);
                double computing = (contenders.get(i).computing().getAsLong() - before) / MILLIS;
                double step = step(i);
                if (round >= 0) {
                    times[i][0][round] = computing;
                    times[i][1][round] = alone;
                    times[i][2][round] = step;
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            rows.add(new Row(
                    contenders.get(i).loss().getName(),
                    Quartiles.of(times[i][0]),
                    Quartiles.of(times[i][1]),
                    Quartiles.of(times[i][2])));
        }
        return rows;
    }

    private double step(int i) {
        try (NDManager manager = model.getNDManager().newSubManager()) {
            LineBatch ofStep = new LineBatch(images(manager), batch.labels());
            long start = System.nanoTime();
            TrainingRun.learn(trainers.get(i), contenders.get(i).loss(), ofStep);
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
                collector.backward(contenders.get(i).loss().evaluate(batch.labels(), new NDList(scores)));
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
