/**
 * Runs kernels and task graphs written for TornadoVM on the JVM, where no TornadoVM is installed or where a kernel is
 * to be looked at closely. {@link io.github.tornadoctc.emulator.Emulator} is the entry; the classes that programs are
 * written against are those of {@code uk.ac.manchester.tornado.api}, here with the same names and signatures as in
 * TornadoVM 5.2.0.
 *
 * <p>What is emulated: tasks with a {@code KernelContext} on one-, two- and three-dimensional grids, tasks without on
 * the calling thread; barriers; local arrays; every transfer mode, and arrays kept on the device between graphs.
 * Native arrays have a copy of their own on the device, so that a forgotten transfer shows. {@code withCUDAGraph} records
 * the first execution and replays it, stale grids and all.
 *
 * <p>Stricter than TornadoVM, on purpose:
 *
 * <ul>
 *   <li>New, unwritten and not copied memory holds NaN, or an implausible number, and never zeros. TornadoVM copies
 *       in, once, what a kernel reads and no {@code transferToDevice} names; here it is garbage.
 *   <li>Every array argument must be named in some transfer.
 *   <li>Every name of a grid scheduler must be a task of the plan, every task with a context must have a grid, and a
 *       grid must divide into its groups.
 *   <li>{@code withCUDAGraph} after an execution is an error, where TornadoVM goes on without a graph; and so is the
 *       replay of one whose memory was given back.
 *   <li>Out-of-range indices, barriers that not all items of a group reach, and local memory beyond 48 KiB end the
 *       execution with the kernel's line.
 * </ul>
 *
 * <p>Only where asked for, since it takes time: {@link io.github.tornadoctc.emulator.EmulatorOptions#races} ends a launch
 * at the first element of a native array that two work-items come to, one of them to write, with no {@code
 * globalBarrier} between, and at the first read of one that nothing was written to. {@code localBarrier} orders local
 * memory alone, as in OpenCL. Local arrays are Java arrays, whose accesses cannot be watched: a race there is a
 * difference between work-item orders, see {@link io.github.tornadoctc.emulator.OrderComparison}, and what was never
 * written is NaN.
 *
 * <p>Not seen here: whether TornadoVM can compile the kernel; what arithmetic in float, with relaxed rules, makes of
 * it; that in OpenCL a {@code globalBarrier} orders no local memory; that TornadoVM does not copy in an array which
 * it finds to be only written, whatever {@code transferToDevice} says, so that elements which such a kernel leaves out
 * hold garbage; and that in a captured graph {@code globalGroupSizeX} of every task is that of the last one, since
 * TornadoVM 5.2.0 has one frame of it for a plan and writes it when the capture has ended.
 */
@NullMarked
package io.github.tornadoctc.emulator;

import org.jspecify.annotations.NullMarked;
