package io.github.tornadoctc.cpu;

/** What one thread computes with. The thread that has taken it from the {@link Crew} has it to itself. */
final class Worker implements Passes {
    final RowKernels rows;
    final LinearRecursion linear;
    final LogRecursion logarithmic;
    /** Room for an utterance; in a split one, helpers work on that of the worker that leads. */
    final Utterance utterance = new Utterance();

    /** Room for the order of a batch's utterances. */
    long[] order = {};

    Worker(Kernels kernels) {
        rows = kernels.rows();
        linear = new LinearRecursion(kernels.states(), rows);
        logarithmic = new LogRecursion(rows);
    }

    @Override
    public void readRows(Utterance u) {
        u.frames.read(rows, u.target, 0, u.frames.count);
    }

    @Override
    public boolean linearRecursion(Utterance u) {
        return linear.forward(u) && (!u.frames.wantsGradient || linear.backward(u));
    }
}
