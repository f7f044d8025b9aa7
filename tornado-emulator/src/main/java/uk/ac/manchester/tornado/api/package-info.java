/** TornadoVM's kernel API with the same names and signatures, run by {@code io.github.tornadoctc.emulator}. */
@NullMarked
package uk.ac.manchester.tornado.api;

import org.jspecify.annotations.NullMarked;
