/** The command line: what {@code ctc} does. */
@NullMarked
package io.github.tornadoctc.cli;

import org.jspecify.annotations.NullMarked;
