/** Throughput of backends: what is timed, for how long, and what the times amount to. */
@NullMarked
package io.github.tornadoctc.measure;

import org.jspecify.annotations.NullMarked;
