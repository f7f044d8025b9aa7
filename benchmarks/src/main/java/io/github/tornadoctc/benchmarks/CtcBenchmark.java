package io.github.tornadoctc.benchmarks;

import static org.openjdk.jmh.annotations.Mode.AverageTime;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.compare.ResultComparison;
import io.github.tornadoctc.measure.Mode;
import io.github.tornadoctc.shapes.BenchmarkShapes;
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

/** Every contender on every benchmark shape. What is timed has been compared with the reference on the same input. */
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
public class CtcBenchmark {
    @Param("CPU")
    Contenders contender = Contenders.CPU;

    /** G by name only: its reference alone takes a minute. */
    @Param({"A", "B", "C", "D", "E", "F", "H"})
    String shape = "A";

    @Param({"STEP", "LOSS"})
    Mode work = Mode.STEP;

    @Param({"1", "2"})
    int threads = 1;

    private Contender running = Contenders.CPU.open();

    /** Computes once, and refuses to time what is wrong. */
    @Setup(Level.Trial)
    public void prepare() {
        CtcBatch batch = BenchmarkShapes.batch(BenchmarkShapes.named(shape));
        running = contender.open();
        running.prepare(batch, work.options(), threads);
        running.compute();
        contender.check(ResultComparison.of(batch, work.options(), running.result()));
    }

    /** What {@link Mode} says. */
    @Benchmark
    public CtcResult compute() {
        running.compute();
        return running.result();
    }

    @TearDown(Level.Trial)
    public void close() {
        running.close();
    }
}
