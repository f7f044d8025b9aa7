package io.github.tornadoctc.kernels;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Measures {@link CopyKernel} on a device. */
final class DeviceCopy {
    /** Work-items per group, unless the device has fewer: on a CPU a group costs something to start. */
    private static final int LARGEST_GROUP = 1024;

    private static final int WARM_UP = 2;
    private static final int REPETITIONS = 9;

    private DeviceCopy() {}

    /**
     * The fastest copy's time on the device, in nanoseconds, between two buffers of at least that many bytes. The fastest,
     * since whatever else the machine did can only have slowed the others.
     */
    static long nanos(long bytes, TornadoDevice device, int maxGroupSize) {
        int group = Math.min(LARGEST_GROUP, maxGroupSize);
        int floats = Math.toIntExact(Math.ceilDiv(bytes, (long) Float.BYTES * group) * group);
        FloatArray from = new FloatArray(floats);
        from.init(1f);
        FloatArray to = new FloatArray(floats);
        TaskGraph graph = new TaskGraph("copy")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, from)
                .transferToDevice(DataTransferMode.UNDER_DEMAND, to)
                .task("copy", CopyKernel::copy, new KernelContext(), from, to)
                .transferToHost(DataTransferMode.UNDER_DEMAND, to);
        WorkerGrid grid = new WorkerGrid1D(floats);
        grid.setLocalWork(group, 1, 1);
        GridScheduler scheduler = new GridScheduler("copy.copy", grid);
        try (DevicePlan plan = new DevicePlan(graph, scheduler, device)) {
            long fastest = Long.MAX_VALUE;
            for (int i = 0; i < WARM_UP + REPETITIONS; i++) {
                long nanos = plan.executeProfiled().getProfilerResult().getDeviceKernelTime();
                fastest = i < WARM_UP ? fastest : Math.min(fastest, nanos);
            }
            return fastest;
        }
    }
}
