/**
 * CTC for networks of Deep Java Library (DJL): {@link io.github.tornadoctc.djl.CtcLoss} to train them,
 * {@link io.github.tornadoctc.djl.CtcErrorRate} to tell how well they read, and
 * {@link io.github.tornadoctc.djl.CtcTranslator} to have them read.
 */
@NullMarked
package io.github.tornadoctc.djl;

import org.jspecify.annotations.NullMarked;
