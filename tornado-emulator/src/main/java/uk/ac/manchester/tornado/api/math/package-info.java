/** TornadoVM's mathematical functions, here those of {@link Math}. */
@NullMarked
package uk.ac.manchester.tornado.api.math;

import org.jspecify.annotations.NullMarked;
