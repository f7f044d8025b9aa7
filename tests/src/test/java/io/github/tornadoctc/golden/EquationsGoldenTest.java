package io.github.tornadoctc.golden;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcStatus;
import io.github.tornadoctc.reference.ForwardBackward;
import java.util.stream.IntStream;

/** The reference's tables themselves: their gradient is in double, and not rounded to float32 as a backend's is. */
class EquationsGoldenTest extends GoldenTest {
    EquationsGoldenTest() {
        super("reference", 1e-9, 1e-9);
    }

    @Override
    Answer answer(CtcBackend backend, CtcBatch batch, CtcOptions options) {
        CtcResult rounded = backend.compute(batch, options);
        double[][][] gradients = IntStream.range(0, batch.batchSize())
                .mapToObj(b -> gradient(batch, b, options))
                .toArray(double[][][]::new);
        return new Answer() {
            @Override
            public CtcStatus status(int b) {
                return rounded.status(b);
            }

            @Override
            public double loss(int b) {
                return rounded.loss(b);
            }

            @Override
            public double reduced() {
                return rounded.reduced();
            }

            @Override
            public double gradient(int t, int b, int v) {
                return t < gradients[b].length ? gradients[b][t][v] : 0;
            }
        };
    }

    private static double[][] gradient(CtcBatch batch, int b, CtcOptions options) {
        ForwardBackward tables = new ForwardBackward(batch, b, options);
        double weight = options.reduction().weight(batch, b);
        double[][] gradient = new double[tables.timeSteps()][];
        for (int t = 0; t < gradient.length; t++) {
            gradient[t] = tables.gradient(t);
            for (int v = 0; v < gradient[t].length; v++) {
                gradient[t][v] *= weight;
            }
        }
        return gradient;
    }
}
