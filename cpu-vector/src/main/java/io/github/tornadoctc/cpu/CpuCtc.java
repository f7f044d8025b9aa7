package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOperation;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.CtcWarmUp;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * CTC on the CPU: log-softmax, recursion and gradient in one go over each utterance, with the Vector API where the JVM
 * was started with {@code --add-modules jdk.incubator.vector}, and one value at a time where not
 * ({@code -Dtornadoctc.cpu.vector=true|false} forces either).
 *
 * <p>In the order of the computation: {@link RowKernels} turn scores to emissions, {@link Timeline} looks over them,
 * {@link LinearRecursion} does forward-backward in the linear domain with {@link StateKernels}, kept in range by
 * {@link Rescaling}; {@link ExtendedRecursion} takes what is beyond that range. {@link BatchRun} spreads utterances over
 * threads, {@link SharedRun} some of them in parts, by a {@link Schedule}.
 *
 * <p>Results are the same bits on any number of threads, and with and without vectors: a JVM that has just started
 * computes without them, and goes over to them once they are compiled ({@link WarmUp}). They are within 2e-7 (gradient,
 * absolute) and 1e-7 (loss, relative) of the double reference. Memory is kept between calls
 * until {@link #close}; threads that call at the same time have memory of their own.
 */
public final class CpuCtc implements CtcBackend {
    private final Kernels kernels;
    private final Crew crew;
    /** Whether vectors wait until they are compiled. */
    private final boolean warmsUp;

    private final List<CtcOperation> operations;
    private volatile boolean closed;

    /** On as many threads as there are processors, the common pool's. */
    public CpuCtc() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /** On at most {@code threads} threads: the caller's, and others of the common pool. */
    public CpuCtc(int threads) {
        this(threads, ForkJoinPool.commonPool());
    }

    /**
     * On at most {@code threads} threads: the caller's, and others of {@code pool}.
     *
     * @throws IllegalArgumentException if {@code threads} is less than 1
     */
    public CpuCtc(int threads, Executor pool) {
        this(threads, pool, KernelChoice.choose(), KernelChoice.isOpen());
    }

    CpuCtc(int threads, Executor pool, Kernels kernels) {
        this(threads, pool, kernels, false);
    }

    private CpuCtc(int threads, Executor pool, Kernels kernels, boolean scalarWhileCold) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads = %d is less than 1".formatted(threads));
        }
        this.kernels = kernels;
        this.warmsUp = scalarWhileCold && kernels == Kernels.VECTOR;
        this.crew = warmsUp
                ? new Crew(threads, pool, WarmUp.OF_THIS_JVM::kernels, WarmUp.OF_THIS_JVM::count)
                : new Crew(threads, pool, kernels);
        this.operations = operationsOf(crew, new UtteranceCrew(crew, kernels), this::warmUp);
    }

    private static List<CtcOperation> operationsOf(Crew crew, UtteranceCrew utterances, CtcWarmUp warmUp) {
        return List.of(new CpuAligner(utterances), new CpuPosteriors(crew), new CpuRescorer(crew), warmUp);
    }

    private void warmUp() {
        if (warmsUp) {
            WarmUp.OF_THIS_JVM.await();
        }
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public String device() {
        return "CPU, %s, %d %s"
                .formatted(kernels.description(), crew.threads(), crew.threads() == 1 ? "thread" : "threads");
    }

    @Override
    public void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
        if (closed) {
            throw new IllegalStateException("backend %s is closed".formatted(name()));
        }
        result.checkFits(batch, options);
        long start = System.nanoTime();
        new BatchRun(crew, batch, options, result).run();
        crew.count(start);
    }

    @Override
    public <T extends CtcOperation> Optional<T> operation(Class<T> type) {
        return operations.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    @Override
    public void close() {
        closed = true;
        crew.close();
    }
}
