/**
 * The contract of every CTC backend: a batch goes in, losses and gradients come out.
 *
 * <p>Symbols used throughout: <b>T</b> time steps, <b>B</b> utterances in a batch, <b>V</b> symbols including the
 * blank, <b>U</b> target length, <b>S = 2U+1</b> states; <b>t, b, v, u, s</b> their indices.
 */
@NullMarked
package io.github.tornadoctc;

import org.jspecify.annotations.NullMarked;
