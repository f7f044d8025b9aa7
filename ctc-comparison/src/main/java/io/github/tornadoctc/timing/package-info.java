/** How long something takes once it takes no less. */
@NullMarked
package io.github.tornadoctc.timing;

import org.jspecify.annotations.NullMarked;
