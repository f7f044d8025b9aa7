package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.util.stream.IntStream;

/** {@link ReferenceCtc} with utterances spread over the common pool; the same bits, since they share nothing. */
public final class ParallelCtc extends CpuBackend {

    @Override
    public String name() {
        return "parallel";
    }

    @Override
    public String device() {
        return "CPU, double precision, %d threads"
                .formatted(Runtime.getRuntime().availableProcessors());
    }

    @Override
    void computeUtterances(CtcBatch batch, CtcOptions options, CtcResult result) {
        IntStream.range(0, batch.batchSize()).parallel().forEach(b -> UtteranceCtc.compute(batch, b, options, result));
    }
}
