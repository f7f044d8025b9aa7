/** The library's jars as modules. */
@NullMarked
package io.github.tornadoctc.modules;

import org.jspecify.annotations.NullMarked;
