/** Error rates: the least edits from what was said to what was read, by characters and by words. */
@NullMarked
package io.github.tornadoctc.decoding.errors;

import org.jspecify.annotations.NullMarked;
