/** TornadoVM's devices, and the functional interfaces of its tasks. */
@NullMarked
package uk.ac.manchester.tornado.api.common;

import org.jspecify.annotations.NullMarked;
