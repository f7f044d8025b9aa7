package io.github.tornadoctc.cpu;

import java.util.EnumMap;
import java.util.Map;

/** What one thread computes with. The thread that has taken it from the {@link Crew} has it to itself. */
final class Worker {
    private final Map<Kernels, KernelSet> sets = new EnumMap<>(Kernels.class);
    private final LinearRecursion linear;
    private final ExtendedRecursion extended;
    private Kernels kind;
    private KernelSet kernels;

    /** Room for an utterance; of a split one, other threads compute on that too. */
    final Utterance utterance = new Utterance();

    /** Room for the order of a batch's utterances. */
    long[] order = {};

    Worker(Kernels kind) {
        this.kind = kind;
        this.kernels = sets.computeIfAbsent(kind, KernelSet::new);
        this.linear = new LinearRecursion(kernels);
        this.extended = new ExtendedRecursion(kernels);
    }

    /** Goes over to another kind of kernels, between any two passes: they give the same bits. */
    void use(Kernels other) {
        if (kind != other) {
            kind = other;
            kernels = of(other);
            linear.use(kernels);
            extended.use(kernels);
        }
    }

    /** Kernels of one kind, whichever are in use. */
    KernelSet of(Kernels wanted) {
        return sets.computeIfAbsent(wanted, KernelSet::new);
    }

    RowKernels rows() {
        return kernels.rows;
    }

    /** Does forward-backward and, if it is wanted, writes the gradient; false if that is out of the recursion's range. */
    boolean computes(Utterance u, Recursions recursionKind) {
        recursionKind.divide(u);
        SegmentedRecursion recursion = recursion(recursionKind);
        return recursion.forward(u) && (!u.wantsPosteriors() || recursion.backward(u));
    }

    SegmentedRecursion recursion(Recursions recursionKind) {
        return recursionKind == Recursions.LINEAR ? linear : extended;
    }
}
