/** Fuzzing of the readers: what the fuzzer calls, and a replay of the inputs that it has kept. */
@NullMarked
package io.github.tornadoctc.io.fuzz;

import org.jspecify.annotations.NullMarked;
