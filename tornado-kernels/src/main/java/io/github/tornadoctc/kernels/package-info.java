/**
 * CTC on a TornadoVM device: four kernels, the task graph that chains them, and the backend that feeds it.
 *
 * <ol>
 *   <li>{@link io.github.tornadoctc.kernels.RowKernel}: softmax statistics of every frame.
 *   <li>{@link io.github.tornadoctc.kernels.RecursionKernel}: α from the first frame and β from the last, side by
 *       side, until they meet in the middle.
 *   <li>{@link io.github.tornadoctc.kernels.MeetingKernel}: the likelihood, from α and β where they meet. A call for
 *       losses alone ends here.
 *   <li>{@link io.github.tornadoctc.kernels.RecursionKernel} again: each goes on through the other's half and, meeting
 *       what the other left there, writes state posteriors.
 *   <li>{@link io.github.tornadoctc.kernels.GradientKernel}: softmax − posterior.
 * </ol>
 *
 * <p>Probabilities are <em>extended floats</em>: a float mantissa and an int exponent of two each, see {@link
 * io.github.tornadoctc.kernels.ExtendedFloat}. Kernels are compiled with fast-math by default, so they hold no NaN and
 * no infinity; input that does is recognised by integer comparisons in the row kernel.
 */
@NullMarked
package io.github.tornadoctc.kernels;

import org.jspecify.annotations.NullMarked;
