package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** CTC by the textbook, in double and log space, one utterance after the other: what everything else is held to. */
public final class ReferenceCtc extends ReferenceBackend {
    /** On the thread that calls it. */
    public ReferenceCtc() {}

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public String device() {
        return "CPU, double precision, one thread";
    }

    @Override
    void computeUtterances(CtcBatch batch, CtcOptions options, CtcResult result) {
        for (int b = 0; b < batch.batchSize(); b++) {
            UtteranceCtc.compute(batch, b, options, result);
        }
    }

    @Override
    <R> List<R> eachUtterance(CtcBatch batch, IntFunction<R> computation) {
        return IntStream.range(0, batch.batchSize()).mapToObj(computation).toList();
    }
}
