package io.github.tornadoctc.benchmarks.golden;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What libtorch computes in float64. */
final class LibtorchAnswer {
    /** Of each utterance, not reduced. */
    final double[] losses;

    /** What {@code ctc_loss} returns with the reduction asked for; without one, the sum of the losses. */
    final double reduced;

    /** Of {@link #reduced} with respect to the T·B·V scores. */
    final double[] gradient;

    private LibtorchAnswer(double[] losses, double reduced, double[] gradient) {
        this.losses = losses;
        this.reduced = reduced;
        this.gradient = gradient;
    }

    /** From the scores given, which may be others than the input's. */
    // a PointerScope works by being open
    @SuppressWarnings("try")
    static LibtorchAnswer to(GoldenInput input, double[] scores) {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = Tensor.create(scores, input.timeSteps, input.batchSize, input.symbols);
            x.set_requires_grad(true);
            Tensor logProbs = input.logProbs ? x : torch.log_softmax(x, 2);
            Tensor losses = loss(input, logProbs, 0);
            // in ATen/core/Reduction.h: 0 none, 1 mean, 2 sum
            Tensor reduced =
                    switch (input.reduction) {
                        case NONE -> losses.sum();
                        case MEAN -> loss(input, logProbs, 1);
                        case SUM -> loss(input, logProbs, 2);
                    };
            reduced.backward();
            return new LibtorchAnswer(values(losses), values(reduced)[0], values(x.grad()));
        }
    }

    private static Tensor loss(GoldenInput input, Tensor logProbs, int reduction) {
        long[] labels = Arrays.stream(input.targets)
                .flatMapToInt(Arrays::stream)
                .asLongStream()
                .toArray();
        // libtorch wants a pointer even to no labels at all; it reads as many as the lengths say
        Tensor targets = Tensor.create(labels.length == 0 ? new long[] {1} : labels);
        if (labels.length == 0) {
            targets = targets.narrow(0, 0, 0);
        }
        LongPointer frames = pointer(Arrays.stream(input.inputLengths).asLongStream());
        LongPointer lengths =
                pointer(Arrays.stream(input.targets).mapToLong(target -> target.length));
        return torch.ctc_loss(
                logProbs,
                targets,
                new LongArrayRef(frames, input.batchSize),
                new LongArrayRef(lengths, input.batchSize),
                input.blank,
                reduction,
                input.zeroInfinity);
    }

    private static LongPointer pointer(LongStream values) {
        return new LongPointer(values.toArray());
    }

    private static double[] values(Tensor tensor) {
        double[] values = new double[(int) tensor.numel()];
        new DoublePointer(tensor.contiguous().data_ptr_double()).get(values);
        return values;
    }
}
