package io.github.tornadoctc.cpu;

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
        String description() {
            return "scalar";
        }
    };

    abstract StateKernels states();

    abstract ExtendedKernels extended();

    abstract RowKernels rows();

    /** In words, for logs and {@code device()}. */
    abstract String description();
}
