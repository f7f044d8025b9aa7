/** The sizes that are measured and compared, and random batches of them. */
@NullMarked
package io.github.tornadoctc.shapes;

import org.jspecify.annotations.NullMarked;
