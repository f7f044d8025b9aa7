/** A network that learns to read lines of text with the CTC loss, in Deep Java Library. */
@NullMarked
package io.github.tornadoctc.examples.trainocr;

import org.jspecify.annotations.NullMarked;
