package io.github.tornadoctc.benchmarks.decoding;

import static org.openjdk.jmh.annotations.Mode.AverageTime;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.decoding.BeamSearchDecoder;
import io.github.tornadoctc.decoding.BeamSearchOptions;
import io.github.tornadoctc.decoding.Decoding;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A beam search through one utterance, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodingBenchmark {
    @Param({"A", "B", "C", "D", "E"})
    String shape = "A";

    @Param({"1", "4", "16", "64", "256"})
    int width = 1;

    /** What logits are multiplied by: 1 leaves all symbols likely, 30 few, as a trained model does. */
    @Param({"1", "30"})
    double scale = 1;

    private CtcBatch batch = BenchmarkShapes.batch(BenchmarkShapes.A);
    private BeamSearchDecoder decoder = new BeamSearchDecoder(BeamSearchOptions.defaults());

    @Setup
    public void prepare() {
        batch = BenchmarkShapes.batch(BenchmarkShapes.named(shape), scale);
        decoder = new BeamSearchDecoder(BeamSearchOptions.defaults().withBeamWidth(width));
    }

    /** The first utterance of the batch. */
    @Benchmark
    public Decoding decode() {
        return decoder.decode(batch, 0);
    }
}
