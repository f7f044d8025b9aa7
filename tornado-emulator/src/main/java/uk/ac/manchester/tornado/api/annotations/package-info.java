/** TornadoVM's annotations of loops; the emulator runs such loops as they are written. */
@NullMarked
package uk.ac.manchester.tornado.api.annotations;

import org.jspecify.annotations.NullMarked;
