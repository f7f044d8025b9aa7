package io.github.tornadoctc.benchmarks;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.NullUnmarked;

/** PyTorch: {@code log_softmax}, {@code ctc_loss} and, for a step, {@code backward}. */
@NullUnmarked
// a PointerScope works by being open
@SuppressWarnings("try")
final class LibtorchContender implements Contender {
    private static final int NO_REDUCTION = 0;

    private CtcBatch batch;
    private CtcOptions options;
    private int threads;
    private Tensor logits;
    private Tensor targets;
    /** What the two below point to and do not keep alive. */
    private LongPointer inputLengthValues;

    private LongPointer targetLengthValues;
    private LongArrayRef inputLengths;
    private LongArrayRef targetLengths;
    private float[] losses;

    @Override
    public void prepare(CtcBatch newBatch, CtcOptions newOptions, int newThreads) {
        batch = newBatch;
        options = newOptions;
        threads = newThreads;
        int size = batch.batchSize();
        losses = new float[size];
        logits = Tensor.create(
                batch.scores().toArray(ValueLayout.JAVA_FLOAT), batch.timeSteps(), size, batch.symbols());
        logits.set_requires_grad(options.gradient());
        targets = Tensor.create(IntStream.range(0, size)
                .flatMap(b -> IntStream.of(batch.target(b)))
                .asLongStream()
                .toArray());
        inputLengthValues = values(IntStream.range(0, size).map(batch::inputLength));
        targetLengthValues = values(IntStream.range(0, size).map(batch::targetLength));
        inputLengths = new LongArrayRef(inputLengthValues, size);
        targetLengths = new LongArrayRef(targetLengthValues, size);
    }

    private static LongPointer values(IntStream lengths) {
        return new LongPointer(lengths.asLongStream().toArray());
    }

    @Override
    public void compute() {
        torch.set_num_threads(threads);
        try (PointerScope scope = new PointerScope()) {
            if (options.gradient()) {
                logits.mutable_grad().reset();
            }
            Tensor logProbs = torch.log_softmax(logits, 2);
            Tensor loss = torch.ctc_loss(
                    logProbs, targets, inputLengths, targetLengths, batch.blank(), NO_REDUCTION, false);
            if (options.gradient()) {
                loss.sum().backward();
            }
            loss.data_ptr_float().get(losses);
        }
    }

    @Override
    public CtcResult result() {
        CtcResult result = CtcResult.allocate(batch, options);
        for (int b = 0; b < losses.length; b++) {
            result.set(b, CtcStatus.OK, losses[b], options);
        }
        result.reduce(batch, options);
        if (options.gradient()) {
            try (PointerScope scope = new PointerScope()) {
                float[] gradient = new float[(int) logits.numel()];
                new FloatPointer(logits.grad().data_ptr_float()).get(gradient);
                for (int i = 0; i < gradient.length; i++) {
                    result.gradient().setAtIndex(ValueLayout.JAVA_FLOAT, i, gradient[i]);
                }
            }
        }
        return result;
    }

    @Override
    public void close() {
        if (logits != null) {
            logits.close();
            targets.close();
            logits = null;
        }
    }
}
