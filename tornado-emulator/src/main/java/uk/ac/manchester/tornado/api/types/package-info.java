/** TornadoVM's floating-point numbers of 16 bits. */
@NullMarked
package uk.ac.manchester.tornado.api.types;

import org.jspecify.annotations.NullMarked;
