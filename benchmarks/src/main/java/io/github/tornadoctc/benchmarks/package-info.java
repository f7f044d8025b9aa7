/** How fast the backends are, and how exact; and, with the profile {@code peers}, the libraries one could call instead. */
@NullMarked
package io.github.tornadoctc.benchmarks;

import org.jspecify.annotations.NullMarked;
