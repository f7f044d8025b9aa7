/**
 * CTC on the CPU as fast as it goes there: a linear-domain recursion in double with an exponent beside each pair of
 * states, on the Vector API where the JVM has it.
 */
@NullMarked
package io.github.tornadoctc.cpu;

import org.jspecify.annotations.NullMarked;
