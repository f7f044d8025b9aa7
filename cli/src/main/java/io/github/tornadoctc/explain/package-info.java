/**
 * The recursion made visible: a tiny example with every path and every cell of the forward table, and the posteriors of
 * a real utterance with the best path over them; as text, as a page, as an image.
 */
@NullMarked
package io.github.tornadoctc.explain;

import org.jspecify.annotations.NullMarked;
