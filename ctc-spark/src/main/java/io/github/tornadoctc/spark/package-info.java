/** A corpus on a cluster: losses, alignments and texts of the rows of a Spark {@code Dataset}. */
@NullMarked
package io.github.tornadoctc.spark;

import org.jspecify.annotations.NullMarked;
