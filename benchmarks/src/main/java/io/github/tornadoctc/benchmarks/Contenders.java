package io.github.tornadoctc.benchmarks;

import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.compare.ResultComparison;
import io.github.tornadoctc.compare.Thresholds;
import io.github.tornadoctc.cpu.CpuCtc;
import io.github.tornadoctc.reference.ParallelCtc;
import io.github.tornadoctc.reference.ReferenceCtc;
import java.util.Arrays;
import java.util.List;

/** Everything that can be benchmarked. The peers are there only in a build with the profile {@code peers}. */
public enum Contenders {
    /** The fast backend. With {@code -Dtornadoctc.cpu.vector=false}, without the Vector API. */
    CPU(2e-7),
    /** The double reference, utterances on all processors. */
    PARALLEL(Contenders.FLOAT32),
    /** The double reference, one thread whatever is asked for. */
    REFERENCE(Contenders.FLOAT32),
    /** The backend that {@code auto} takes. */
    BEST(1e-5),
    /** No CTC, but the floor under it: a copy of the scores. */
    COPY(Double.POSITIVE_INFINITY),
    /** No CTC either: a copy row by row, an utterance after the other. */
    ROW_COPY(Double.POSITIVE_INFINITY),
    /** PyTorch's {@code ctc_loss} through JavaCPP. */
    LIBTORCH(2e-2),
    /** ND4J's {@code ctc_loss}. */
    ND4J(2e-2);

    /** What rounding to float32 leaves of an element of the gradient, which lies in [−1, 1]. */
    private static final double FLOAT32 = 0x1p-25;

    /** The largest relative error of a loss, where no larger one is let pass in the gradient. */
    private static final double LOSS = 1e-7;

    private final double tolerance;

    /** @param tolerance the largest error of an element of the gradient that is taken for right */
    Contenders(double tolerance) {
        this.tolerance = tolerance;
    }

    /**
     * Refuses a result that is not what it promises; a copy promises nothing.
     *
     * @throws IllegalStateException if the result is wrong, naming where
     */
    void check(ResultComparison comparison) {
        List<String> wrong = comparison.beyond(Thresholds.of(Math.max(tolerance, LOSS), tolerance));
        if (!isCopy() && !wrong.isEmpty()) {
            throw new IllegalStateException("%s is wrong: %s".formatted(this, wrong.getFirst()));
        }
    }

    /**
     * Opens it.
     *
     * @throws IllegalStateException if it is a peer that this build is without
     */
    public Contender open() {
        return switch (this) {
            case CPU -> new BackendContender(CpuCtc::new);
            case PARALLEL -> new BackendContender(threads -> new ParallelCtc());
            case REFERENCE -> new BackendContender(threads -> new ReferenceCtc());
            case BEST -> new BackendContender(threads -> CtcBackends.best());
            case COPY -> new CopyContender();
            case ROW_COPY -> new RowCopyContender();
            case LIBTORCH -> peer("LibtorchContender");
            case ND4J -> peer("Nd4jContender");
        };
    }

    /** Whether this build has it. */
    public boolean isPresent() {
        try (Contender contender = open()) {
            return contender != null;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Whether it computes nothing. */
    boolean isCopy() {
        return this == COPY || this == ROW_COPY;
    }

    private boolean isPeer() {
        return this == LIBTORCH || this == ND4J;
    }

    /** Ours that computes on the CPU, the copies, and the peers of this build. */
    public static List<Contenders> cpuAndPeers() {
        return Arrays.stream(values())
                .filter(contender -> contender == CPU || contender.isCopy() || contender.isPeer())
                .filter(Contenders::isPresent)
                .toList();
    }

    private Contender peer(String className) {
        try {
            return Class.forName(Contenders.class.getPackageName() + "." + className)
                    .asSubclass(Contender.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(this + " is not in this build: build with -Ppeers", e);
        }
    }
}
