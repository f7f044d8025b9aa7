package io.github.tornadoctc.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.util.Pair;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.Reduction;
import io.github.tornadoctc.djl.libtorch.LibtorchCtcLoss;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network gets the same gradients of our loss as of libtorch's own {@code ctc_loss}. */
@NeedsLibtorch
class LibtorchParityTest {
    private static final int FEATURES = 12;
    private static final int HIDDEN = 24;

    private static final int SYMBOLS = 20;
    private static final int BATCH = 6;
    private static final int FRAMES = 30;

    private final Utterances utterances = new Utterances(FRAMES, BATCH, SYMBOLS, 8, 5);

    @BeforeEach
    void sameWeightsEachTime() {
        Engine.getEngine("PyTorch").setRandomSeed(1);
    }

    /**
     * Relative to the largest element of a parameter's gradient. In float32 what is left is mostly the rounding of libtorch's
     * recursion; in float64 our float32 scores and gradient.
     */
    @ParameterizedTest
    @CsvSource({
        "cpu, FLOAT32, MEAN, 1e-5",
        "cpu, FLOAT32, SUM, 1e-5",
        "cpu, FLOAT32, NONE, 1e-5",
        "reference, FLOAT32, MEAN, 1e-5",
        "emulator, FLOAT32, MEAN, 1e-5",
        "cpu, FLOAT64, MEAN, 1e-6",
        "cpu, FLOAT64, SUM, 1e-6",
        "reference, FLOAT64, NONE, 1e-6"
    })
    void parametersHaveTheGradientsOfLibtorchsOwnLoss(String name, DataType type, Reduction reduction, double most) {
        try (Model model = Model.newInstance("small", "PyTorch");
                CtcBackend backend = CtcBackends.open(name);
                CtcLoss ours =
                        CtcLoss.builder().reduction(reduction).backend(backend).build();
                LibtorchCtcLoss theirs = new LibtorchCtcLoss(reduction, false)) {
            Block network = network(model, type);
            Gradients found = new Gradients(model, network, ours, type);
            Gradients expected = new Gradients(model, network, theirs, type);

            assertThat(found.loss).isCloseTo(expected.loss, withPercentage(1e-4));
            assertThat(found.gradients).hasSize(4).containsOnlyKeys(expected.gradients.keySet());
            found.gradients.forEach((parameter, gradient) -> {
                double[] theirGradient = Objects.requireNonNull(expected.gradients.get(parameter));
                assertThat(largest(theirGradient)).as(parameter).isPositive();
                assertThat(farthest(gradient, theirGradient) / largest(theirGradient))
                        .as(parameter)
                        .isLessThan(most);
            });
        }
    }

    private static Block network(Model model, DataType type) {
        SequentialBlock network = new SequentialBlock()
                .add(Conv1d.builder()
                        .setFilters(HIDDEN)
                        .setKernelShape(new Shape(3))
                        .optPadding(new Shape(1))
                        .build())
                .add(Activation.tanhBlock())
                .add(list -> new NDList(list.singletonOrThrow().transpose(0, 2, 1)))
                .add(Linear.builder().setUnits(SYMBOLS).build());
        network.setInitializer(new XavierInitializer(), Parameter.Type.WEIGHT);
        model.setBlock(network);
        network.initialize(model.getNDManager(), type, new Shape(BATCH, FEATURES, FRAMES));
        return network;
    }

    /** A step's, by way of parameters of the same values and an input of a fixed seed. */
    private final class Gradients {
        final double loss;
        final Map<String, double[]> gradients = new LinkedHashMap<>();

        Gradients(Model model, Block network, Loss loss, DataType type) {
            try (NDManager manager = model.getNDManager().newSubManager()) {
                NDArray input = manager.create(
                                new Utterances(FRAMES, BATCH, FEATURES, 1, 3).scores,
                                new Shape(BATCH, FEATURES, FRAMES))
                        .toType(type, true);
                for (Pair<String, Parameter> parameter : network.getParameters()) {
                    parameter.getValue().getArray().setRequiresGradient(true);
                }
                try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                    NDList predictions = network.forward(new ParameterStore(manager, false), new NDList(input), true);
                    NDArray value = loss.evaluate(utterances.labels(manager), predictions);
                    this.loss = value.toType(DataType.FLOAT64, false).sum().getDouble();
                    collector.backward(value);
                }
                for (Pair<String, Parameter> parameter : network.getParameters()) {
                    NDArray gradient = parameter.getValue().getArray().getGradient();
                    gradients.put(
                            parameter.getKey(),
                            gradient.toType(DataType.FLOAT64, true).toDoubleArray());
                    parameter.getValue().getArray().setRequiresGradient(false);
                    gradient.subi(gradient.duplicate());
                }
            }
        }
    }

    private static double largest(double... values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static double farthest(double[] some, double... others) {
        assertThat(some).hasSameSizeAs(others);
        double farthest = 0;
        for (int i = 0; i < some.length; i++) {
            farthest = Math.max(farthest, Math.abs(some[i] - others[i]));
        }
        return farthest;
    }
}
