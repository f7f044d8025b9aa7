/** How long a beam search takes. */
@NullMarked
package io.github.tornadoctc.benchmarks.decoding;

import org.jspecify.annotations.NullMarked;
