package io.github.tornadoctc.cpu;

/** The kinds of recursion, the fastest first. */
enum Recursions {
    /** {@link LinearRecursion}. */
    LINEAR,
    /** {@link ExtendedRecursion}. */
    EXTENDED
}
