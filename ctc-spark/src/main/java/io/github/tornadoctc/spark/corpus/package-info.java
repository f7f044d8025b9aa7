/** A corpus in files: what is done of it, in pieces that are done once, and the command that does it. */
@NullMarked
package io.github.tornadoctc.spark.corpus;

import org.jspecify.annotations.NullMarked;
