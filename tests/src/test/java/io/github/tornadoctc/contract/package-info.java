/**
 * What every backend must do, written once. The rules stand in interfaces, one theme each; {@code CtcContractTest}
 * collects them, and a class of two lines per backend runs them all against it.
 *
 * <p>The truth they compare with is {@link io.github.tornadoctc.reference.ForwardBackward} in double, enumeration where
 * the input is tiny, and published figures.
 */
@NullMarked
package io.github.tornadoctc.contract;

import org.jspecify.annotations.NullMarked;
