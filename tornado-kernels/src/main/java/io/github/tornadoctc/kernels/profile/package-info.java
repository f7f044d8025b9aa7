/**
 * Where the time of a TornadoVM backend goes. Nothing here names TornadoVM, so that it can be loaded once, for the
 * device's backend and the emulator's alike.
 */
@NullMarked
package io.github.tornadoctc.kernels.profile;

import org.jspecify.annotations.NullMarked;
