package io.github.tornadoctc.benchmarks;

import static org.openjdk.jmh.annotations.Mode.AverageTime;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcOccupation;
import io.github.tornadoctc.CtcPosteriors;
import io.github.tornadoctc.CtcWarmUp;
import io.github.tornadoctc.Scores;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Forced alignment and posteriors of every benchmark shape. The first utterance's path has been compared with the reference's. */
@State(Scope.Benchmark)
@BenchmarkMode(AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"
        })
public class AlignBenchmark {
    @Param("cpu")
    String backend = "cpu";

    @Param({"A", "B", "C", "D", "E", "F", "G", "H"})
    String shape = "A";

    @Param({"1", "2"})
    int threads = 1;

    private CtcBatch batch = CtcBatch.builder(0, 0, 1).targets().build();
    private CtcBackend opened = CtcBackends.open("reference");

    /** Aligns once, and refuses to time what is wrong. */
    @Setup(Level.Trial)
    public void prepare() {
        batch = BenchmarkShapes.batch(BenchmarkShapes.named(shape));
        opened = CtcBackends.open(backend, CtcConfiguration.defaults().withMaxThreads(threads));
        CtcWarmUp.of(opened);
        AlignmentReport.check(batch, align());
    }

    /** Paths of all utterances. */
    @Benchmark
    public List<CtcAlignment> align() {
        return opened.operation(CtcAligner.class).orElseThrow().align(batch, AlignmentOptions.defaults());
    }

    /** γ of all utterances. */
    @Benchmark
    public List<CtcOccupation> posteriors() {
        return opened.operation(CtcPosteriors.class).orElseThrow().posteriors(batch, Scores.LOGITS);
    }

    @TearDown(Level.Trial)
    public void close() {
        opened.close();
    }
}
