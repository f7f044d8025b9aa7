/** Every backend against what libtorch computed in float64, read from {@code /golden}. */
@NullMarked
package io.github.tornadoctc.golden;

import org.jspecify.annotations.NullMarked;
