/** Makes the golden cases: small inputs, and what libtorch computes from them in float64. */
@NullMarked
package io.github.tornadoctc.benchmarks.golden;

import org.jspecify.annotations.NullMarked;
