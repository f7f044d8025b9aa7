/** A linear model trained with CTC without its activations, gradients or weights ever leaving the device. */
@NullMarked
package io.github.tornadoctc.examples.training;

import org.jspecify.annotations.NullMarked;
