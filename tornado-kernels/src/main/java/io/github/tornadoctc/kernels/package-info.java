/**
 * CTC on a TornadoVM device: the kernels, the task graph that chains them, and the backend that feeds it.
 *
 * <ol>
 *   <li>{@link io.github.tornadoctc.kernels.RowKernel}: softmax statistics of every frame, and emissions; of a large
 *       vocabulary the softmax itself.
 *   <li>{@link io.github.tornadoctc.kernels.ApproachKernel}: α from the first frame and β from the last, side by side,
 *       until they meet in the middle.
 *   <li>{@link io.github.tornadoctc.kernels.DepartKernel}: the likelihood, from α and β where they meet, which is all
 *       that a call for losses alone needs. Then each goes on through the other's half and, with what the other has left
 *       there, writes state posteriors.
 *   <li>{@link io.github.tornadoctc.kernels.GradientKernel}: softmax − posterior.
 * </ol>
 *
 * <p>{@link io.github.tornadoctc.kernels.ViterbiKernel} aligns, after the first of these, and
 * {@link io.github.tornadoctc.kernels.HypothesisKernel} gives many targets of an utterance the rows of one.
 *
 * <p>Kernels end in {@code Kernel} or {@code Kernels}; {@link io.github.tornadoctc.kernels.ExtendedLong},
 * {@link io.github.tornadoctc.kernels.ExtendedFloat}, {@link io.github.tornadoctc.kernels.Emission}, {@link io.github.tornadoctc.kernels.Exponential} and
 * {@link io.github.tornadoctc.kernels.Lattice} are what they call.
 * Local memory never leaves the kernel that has allocated it: TornadoVM 5.2.0 addresses a local array that was passed
 * to a method as if it were an array in global memory. So reductions over the lanes of a group stand in each kernel. Of a row's
 * lanes every one adds up several values in turn and then, where there are more than eight lanes, what a few of them have
 * added up, see {@link io.github.tornadoctc.kernels.RowLanes}: no more than two barriers. The likelihood is added up over
 * its lanes in two such steps, too ({@code Lattice.few}). Their order depends on the number of lanes alone, and so do the
 * bits of the result.
 *
 * <p>Conditions have few parts, and a minimum stands for some: of {@code if (a && c)} and then {@code if (a && b)} TornadoVM
 * 5.2.0's OpenCL C had the second {@code a} negated, and the kernel went on past the end of its arrays.
 *
 * <p>On the host side
 * {@link io.github.tornadoctc.kernels.LossTasks} makes tasks of them and {@link io.github.tornadoctc.kernels.LossBuffer}
 * lists their buffers; {@link io.github.tornadoctc.kernels.CtcTasks} is for a caller's own graph, and
 * {@link io.github.tornadoctc.kernels.DeviceLoss} for batches in host memory, which go to the device in parts, several
 * under way at once ({@link io.github.tornadoctc.kernels.Streams}).
 *
 * <p>Probabilities have an exponent of two of their own, an int: up to the likelihood beside a mantissa that is a long, see
 * {@link io.github.tornadoctc.kernels.ExtendedLong}, and from there on one that is a float, see
 * {@link io.github.tornadoctc.kernels.ExtendedFloat}. Kernels are compiled with fast-math by default, so they hold no
 * NaN and no infinity; input that does is recognised by integer comparisons in the row kernel.
 */
@NullMarked
package io.github.tornadoctc.kernels;

import org.jspecify.annotations.NullMarked;
