/** Backends' results beside the double reference: how far off each is, where, and whether that is too far. */
@NullMarked
package io.github.tornadoctc.compare;

import org.jspecify.annotations.NullMarked;
