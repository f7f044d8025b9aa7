package io.github.tornadoctc.cpu;

/**
 * The implementation of the inner loops in use.
 *
 * @param states the recursion
 * @param rows the passes over scores and gradient
 * @param description in words, for logs and {@code device()}
 */
record Kernels(StateKernels states, RowKernels rows, String description) {

    /** One state and one symbol at a time. */
    static Kernels scalar() {
        return new Kernels(new ScalarStateKernels(), new ScalarRowKernels(), "scalar");
    }
}
