package io.github.tornadoctc.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.decoding.BeamSearchOptions;
import io.github.tornadoctc.io.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's samples compile and run, with a trainer of DJL's own. */
@NeedsLibtorch
class ReadmeSampleTest {
    private static final Path SOURCE = Path.of("src/test/java/io/github/tornadoctc/djl/ReadmeSampleTest.java");
    private static final int FRAMES = 8;
    private static final int FEATURES = 5;
    private static final int EPOCHS = 30;
    private static final float RATE = 0.1f;

    private final PrintStream stdout = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void collectOutput() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveBackOutput() {
        System.setOut(stdout);
    }

    /** Utterances whose label is one of three, which one of their frames says outright. */
    private static Dataset dataset(NDManager manager, int utterances) {
        float[] features = new float[utterances * FRAMES * FEATURES];
        int[] targets = new int[utterances];
        for (int b = 0; b < utterances; b++) {
            targets[b] = 1 + b % 3;
            for (int t = 0; t < FRAMES; t++) {
                features[(b * FRAMES + t) * FEATURES + (t == 3 ? targets[b] : 0)] = 1;
            }
        }
        NDArray lengths = manager.ones(new Shape(utterances));
        return new ArrayDataset.Builder()
                .setData(manager.create(features, new Shape(utterances, FRAMES, FEATURES)))
                .optLabels(manager.create(targets, new Shape(utterances, 1)), lengths, lengths.mul(FRAMES))
                .setSampling(4, false)
                .build();
    }

    @Test
    void aTrainerOfDjlLearnsWithIt() throws IOException, TranslateException {
        try (Model model = Model.newInstance("small", Device.cpu(), "PyTorch")) {
            // of one linear layer alone the gradients add up to 0, which DJL takes for a mistake
            model.setBlock(new SequentialBlock()
                    .add(Linear.builder().setUnits(8).build())
                    .add(Activation.tanhBlock())
                    .add(Linear.builder().setUnits(4).build()));
            Dataset training = dataset(model.getNDManager(), 24);
            Dataset validation = dataset(model.getNDManager(), 6);
            // training begins
            try (CtcLoss loss = new CtcLoss()) { // logits [B, T, V], the blank being symbol 0, by the best backend
                DefaultTrainingConfig config = new DefaultTrainingConfig(loss)
                        .optOptimizer(Adam.builder()
                                .optLearningRateTracker(Tracker.fixed(RATE))
                                .build())
                        .addEvaluator(new CtcErrorRate())
                        .addTrainingListeners(new EvaluatorTrainingListener());
                try (Trainer trainer = model.newTrainer(config)) {
                    trainer.initialize(new Shape(1, FRAMES, FEATURES));
                    // each batch has the labels targets [B, U], targetLengths [B] and inputLengths [B]
                    EasyTrain.fit(trainer, EPOCHS, training, validation);
                    // train_loss, validate_loss, validate_CtcErrorRate, ..
                    System.out.println(trainer.getTrainingResult().getEvaluations());
                }
            }
            // training ends
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("validate_CtcErrorRate=0.0")
                .contains("train_loss=")
                .contains("validate_loss=");
    }

    @Test
    void scoresAreRead(@TempDir Path directory) throws IOException {
        Path tokenFile = Files.writeString(directory.resolve("tokens.txt"), "<blk> 0\na 1\nb 2\n");
        int symbols = 3;
        int blank = 0;
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                CtcBackend backend = CtcBackends.open("cpu")) {
            NDList predictions = new NDList(manager.create(new float[] {0, 9, 0, 0, 0, 9}, new Shape(1, 2, 3)));
            // reading begins
            Tokens tokens = Tokens.read(tokenFile).forBatch(symbols, blank);
            CtcReader reader = new CtcReader(ScoreFormat.defaults(), tokens) // the best path, or
                    .withBeam(BeamSearchOptions.defaults(), backend); // a beam search, and what aligns its labels
            for (CtcReading reading : reader.read(predictions)) {
                System.out.println(reading.text() + " " + reading.confidence());
            }
            // reading ends
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("ab 0.99");
    }

    @Test
    void theReadmeShowsTheseSamples() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (String sample : List.of("training", "reading")) {
            List<String> source = Files.readAllLines(SOURCE);
            List<String> lines = source.subList(
                    source.indexOf("            // %s begins".formatted(sample)) + 1,
                    source.indexOf("            // %s ends".formatted(sample)));
            assertThat(lines).hasSizeGreaterThan(5).allSatisfy(line -> assertThat(readme)
                    .contains(line.substring(12)));
        }
    }
}
