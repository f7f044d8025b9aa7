package io.github.tornadoctc.cpu;

import io.github.tornadoctc.cpu.align.MaxPlus;
import io.github.tornadoctc.cpu.align.RowSums;
import io.github.tornadoctc.cpu.align.ScalarMaxPlus;
import io.github.tornadoctc.cpu.align.VectorMaxPlus;

/** The implementations of the inner loops. What they make has scratch memory, so each thread needs one of its own. */
enum Kernels {
    /** Several states or symbols at once; only where the module jdk.incubator.vector is in the graph. */
    VECTOR {
        @Override
        StateKernels states() {
            return new VectorStateKernels();
        }

        @Override
        ExtendedKernels extended() {
            return new VectorExtendedKernels();
        }

        @Override
        RowKernels rows() {
            return new VectorRowKernels();
        }

        @Override
        RowSums sums() {
            return new VectorRowSums();
        }

        @Override
        MaxPlus maxPlus() {
            return new VectorMaxPlus();
        }

        @Override
        String description() {
            return "%d-bit vectors".formatted(Species.DOUBLES.vectorBitSize());
        }
    },

    /** One state and one symbol at a time. */
    SCALAR {
        @Override
        StateKernels states() {
            return new ScalarStateKernels();
        }

        @Override
        ExtendedKernels extended() {
            return new ScalarExtendedKernels();
        }

        @Override
        RowKernels rows() {
            return new ScalarRowKernels();
        }

        @Override
        RowSums sums() {
            return new ScalarRowSums();
        }

        @Override
        MaxPlus maxPlus() {
            return new ScalarMaxPlus();
        }

        @Override
        String description() {
            return "scalar";
        }
    };

    abstract StateKernels states();

    abstract ExtendedKernels extended();

    abstract RowKernels rows();

    abstract RowSums sums();

    abstract MaxPlus maxPlus();

    /** In words, for logs and {@code device()}. */
    abstract String description();
}
