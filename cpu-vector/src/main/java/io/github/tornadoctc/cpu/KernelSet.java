package io.github.tornadoctc.cpu;

/** The inner loops of one thread, of one kind. What they have of scratch memory is theirs. */
final class KernelSet {
    final StateKernels states;
    final ExtendedKernels extended;
    final RowKernels rows;

    KernelSet(Kernels kind) {
        states = kind.states();
        extended = kind.extended();
        rows = kind.rows();
    }
}
