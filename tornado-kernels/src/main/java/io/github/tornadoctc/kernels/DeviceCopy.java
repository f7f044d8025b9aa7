package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Measures {@link CopyKernel} on a device. */
final class DeviceCopy {
    /** Work-items per group: few enough that the last groups leave little of a GPU idle. */
    private static final int GROUP = 256;

    /** The same on a CPU, where a group costs something to start. */
    private static final int CPU_GROUP = 1024;

    /** Of what may be used, the share of one buffer: there are two, and whoever measures may have others. */
    private static final int SHARE = 4;

    private static final int WARM_UP = 2;
    private static final int FEWEST = 5;
    private static final int MOST = 50;
    private static final long MOST_NANOS = 1_000_000_000;

    private DeviceCopy() {}

    /**
     * Gigabytes (10⁹) a second of the fastest copy by the device's own time, bytes read and written. The fastest, since
     * whatever else the machine did can only have slowed the others.
     *
     * @param mostBytes of each of the two buffers; a quarter of what the device allows if that is less
     */
    static double gigabytesPerSecond(long mostBytes, TornadoDevice device, DeviceLimits limits) {
        int wanted = device.getDeviceType() == TornadoDeviceType.CPU ? CPU_GROUP : GROUP;
        int group = Math.min(wanted, limits.maxGroupSize());
        long bytes = Math.min(mostBytes, Math.min(limits.memory() / SHARE, limits.maxAllocation()));
        int groups = Math.clamp(
                bytes / ((long) Float.BYTES * CopyKernel.ELEMENTS * group),
                1,
                Integer.MAX_VALUE / (CopyKernel.ELEMENTS * group));
        int floats = groups * group * CopyKernel.ELEMENTS;
        // bytes a nanosecond are gigabytes a second
        return 2.0 * Float.BYTES * floats / fastest(groups, group, floats, device);
    }

    private static long fastest(int groups, int group, int floats, TornadoDevice device) {
        FloatArray from = new FloatArray(floats);
        from.init(1f);
        FloatArray to = new FloatArray(floats);
        TaskGraph graph = new TaskGraph("copy")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, from)
                .transferToDevice(DataTransferMode.UNDER_DEMAND, to)
                .task("copy", CopyKernel::copy, new KernelContext(), from, to, group)
                .transferToHost(DataTransferMode.UNDER_DEMAND, to);
        WorkerGrid grid = new WorkerGrid1D(group);
        LossTasks.setGroups(grid, groups, group);
        GridScheduler scheduler = new GridScheduler("copy.copy", grid);
        try (DevicePlan plan = new DevicePlan(graph, scheduler, device)) {
            for (int i = 0; i < WARM_UP; i++) {
                plan.kernelNanos();
            }
            long fastest = Long.MAX_VALUE;
            long end = System.nanoTime() + MOST_NANOS;
            for (int i = 0; i < MOST && (i < FEWEST || System.nanoTime() < end); i++) {
                fastest = Math.min(fastest, plan.kernelNanos());
            }
            return fastest;
        }
    }
}
