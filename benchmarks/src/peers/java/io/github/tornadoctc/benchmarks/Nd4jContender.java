package io.github.tornadoctc.benchmarks;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.NullUnmarked;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J: {@code log_softmax}, {@code ctc_loss} and, for a step, {@code ctc_loss_grad}. It knows batch-major only, and is
 * given the scores that way. It brings its own number of threads.
 */
@NullUnmarked
final class Nd4jContender implements Contender {
    private CtcBatch batch;
    private CtcOptions options;
    private INDArray logits;
    private INDArray labels;
    private INDArray labelLengths;
    private INDArray inputLengths;
    private INDArray losses;
    private INDArray gradient;

    @Override
    public void prepare(CtcBatch newBatch, CtcOptions newOptions, int threads) {
        batch = newBatch;
        options = newOptions;
        int size = batch.batchSize();
        int rowLength = batch.timeSteps() * batch.symbols();
        float[] scores = new float[size * rowLength];
        int[][] padded = new int[size][batch.maxTargetLength()];
        int[] lengths = new int[size];
        int[] frames = new int[size];
        for (int b = 0; b < size; b++) {
            for (int i = 0; i < rowLength; i++) {
                scores[b * rowLength + i] = batch.score(i / batch.symbols(), b, i % batch.symbols());
            }
            batch.copyTarget(b, padded[b], 0);
            lengths[b] = batch.targetLength(b);
            frames[b] = batch.inputLength(b);
        }
        logits = Nd4j.createFromArray(scores).reshape(size, batch.timeSteps(), batch.symbols());
        labels = Nd4j.createFromArray(padded);
        labelLengths = Nd4j.createFromArray(lengths);
        inputLengths = Nd4j.createFromArray(frames);
    }

    @Override
    public void compute() {
        INDArray logProbs = Nd4j.exec(DynamicCustomOp.builder("log_softmax")
                .addInputs(logits)
                .addIntegerArguments(2)
                .build())[0];
        losses = execute("ctc_loss", logProbs);
        if (options.gradient()) {
            gradient = execute("ctc_loss_grad", logProbs);
        }
    }

    private INDArray execute(String op, INDArray logProbs) {
        return Nd4j.exec(DynamicCustomOp.builder(op)
                .addInputs(labels, logProbs, labelLengths, inputLengths)
                .addIntegerArguments(batch.blank())
                .build())[0];
    }

    @Override
    public CtcResult result() {
        CtcResult result = CtcResult.allocate(batch, options);
        for (int b = 0; b < batch.batchSize(); b++) {
            result.set(b, CtcStatus.OK, losses.getDouble(b), options);
        }
        result.reduce(batch, options);
        if (options.gradient()) {
            float[] values = gradient.castTo(DataType.FLOAT).dup('c').reshape(-1).toFloatVector();
            int symbols = batch.symbols();
            for (int row = 0; row < batch.batchSize() * batch.timeSteps(); row++) {
                long at = batch.rowOffset(row % batch.timeSteps(), row / batch.timeSteps());
                for (int v = 0; v < symbols; v++) {
                    result.gradient().setAtIndex(ValueLayout.JAVA_FLOAT, at + v, values[row * symbols + v]);
                }
            }
        }
        return result;
    }

    @Override
    public void close() {
        logits = null;
    }
}
