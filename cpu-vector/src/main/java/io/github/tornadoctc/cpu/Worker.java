package io.github.tornadoctc.cpu;

/** What one thread computes with. The thread that has taken it from the {@link Crew} has it to itself. */
final class Worker implements Passes {
    final RowKernels rows;
    private final LinearRecursion linear;
    private final ExtendedRecursion extended;
    /** Room for an utterance; in a split one, helpers work on that of the worker that leads. */
    final Utterance utterance = new Utterance();

    /** Room for the order of a batch's utterances. */
    long[] order = {};

    Worker(Kernels kernels) {
        rows = kernels.rows();
        linear = new LinearRecursion(kernels.states(), rows);
        extended = new ExtendedRecursion(kernels.extended(), rows);
    }

    @Override
    public void readRows(Utterance u) {
        u.frames.read(rows, u.target, 0, u.frames.count);
    }

    @Override
    public boolean recursion(Utterance u, Recursions kind) {
        SegmentedRecursion recursion = recursion(kind);
        return recursion.forward(u) && (!u.frames.wantsGradient || recursion.backward(u));
    }

    SegmentedRecursion recursion(Recursions kind) {
        return kind == Recursions.LINEAR ? linear : extended;
    }
}
