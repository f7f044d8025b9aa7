/** The kernels as a backend on the emulator, where no TornadoVM is installed or beside it. */
@NullMarked
package io.github.tornadoctc.emulated;

import org.jspecify.annotations.NullMarked;
