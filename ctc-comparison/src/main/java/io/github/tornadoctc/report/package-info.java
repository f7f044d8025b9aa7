/** A comparison as files: one page to look at, a table and an object to go on computing with. */
@NullMarked
package io.github.tornadoctc.report;

import org.jspecify.annotations.NullMarked;
