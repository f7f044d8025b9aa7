package io.github.tornadoctc.cpu;

import io.github.tornadoctc.cpu.align.MaxPlus;
import io.github.tornadoctc.cpu.align.RowSums;

/** The inner loops of one thread, of one kind. What they have of scratch memory is theirs. */
final class KernelSet {
    final StateKernels states;
    final ExtendedKernels extended;
    final RowKernels rows;
    final RowSums sums;
    final MaxPlus maxPlus;

    KernelSet(Kernels kind) {
        states = kind.states();
        extended = kind.extended();
        rows = kind.rows();
        sums = kind.sums();
        maxPlus = kind.maxPlus();
    }
}
