/** Sizes of batches, and random batches of those sizes: those of the benchmarks, and any other. */
@NullMarked
package io.github.tornadoctc.shapes;

import org.jspecify.annotations.NullMarked;
