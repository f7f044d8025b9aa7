/** Batches and arrays in files: NumPy's {@code .npy} and {@code .npz}, and JSON. */
@NullMarked
package io.github.tornadoctc.io;

import org.jspecify.annotations.NullMarked;
