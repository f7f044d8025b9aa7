/** CTC among a caller's own tasks, on scores that never leave the device: on the emulator, and on TornadoVM's. */
@NullMarked
package io.github.tornadoctc.residency;

import org.jspecify.annotations.NullMarked;
