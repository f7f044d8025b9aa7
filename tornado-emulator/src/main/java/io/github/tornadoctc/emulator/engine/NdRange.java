package io.github.tornadoctc.emulator.engine;

import java.util.Arrays;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * The sizes of one launch along x, y and z, checked. Linear indices count x fastest. Without a local size the launch is
 * rounded up to whole groups of {@value #DEFAULT_GROUP} along x, as TornadoVM 5.2.0's CUDA backend does it; other backends
 * do not, and there a kernel that does not check whether its work-item has anything to do goes unnoticed.
 */
final class NdRange {
    private static final int DEFAULT_GROUP = 256;
    private static final String[] AXES = {"x", "y", "z"};

    private final int dimension;
    private final int[] global = new int[3];
    private final int[] local = new int[3];
    private final int[] groups = new int[3];

    NdRange(String task, WorkerGrid grid) {
        dimension = grid.dimension();
        long[] wantedLocal = grid.getLocalWork();
        if (Arrays.stream(grid.getGlobalOffset()).anyMatch(offset -> offset != 0)) {
            throw new TornadoRuntimeException(
                    task + ": a global offset is not emulated, because not every TornadoVM backend applies it");
        }
        for (int d = 0; d < 3; d++) {
            global[d] = size(task, "global", d, grid.getGlobalWork()[d]);
            if (wantedLocal == null) {
                local[d] = d == 0 ? Math.min(DEFAULT_GROUP, global[0]) : 1;
                global[d] = Math.multiplyExact(Math.ceilDiv(global[d], local[d]), local[d]);
            } else {
                local[d] = size(task, "local", d, wantedLocal[d]);
            }
            if (global[d] % local[d] != 0) {
                throw new TornadoRuntimeException(task + ": the global size " + global[d] + " along " + AXES[d]
                        + " is not a multiple of the local size " + local[d]);
            }
            groups[d] = global[d] / local[d];
        }
        if (product(local) > EmulatedDevice.MAX_GROUP_ITEMS) {
            throw new TornadoRuntimeException(task + ": a group of " + product(local)
                    + " work-items is more than the device's " + EmulatedDevice.MAX_GROUP_ITEMS);
        }
        Math.toIntExact(product(groups));
    }

    private static int size(String task, String what, int d, long size) {
        if (size < 1 || size > Integer.MAX_VALUE) {
            throw new TornadoRuntimeException(task + ": the " + what + " size along " + AXES[d] + " is " + size);
        }
        return (int) size;
    }

    private static long product(int[] sizes) {
        return (long) sizes[0] * sizes[1] * sizes[2];
    }

    int groupCount() {
        return (int) product(groups);
    }

    int groupItems() {
        return (int) product(local);
    }

    int global(int d) {
        return global[d];
    }

    int local(int d) {
        return local[d];
    }

    int groupId(int group, int d) {
        return coordinate(group, groups, d);
    }

    int localId(int item, int d) {
        return coordinate(item, local, d);
    }

    private static int coordinate(int linear, int[] sizes, int d) {
        if (d == 0) {
            return linear % sizes[0];
        }
        int rows = linear / sizes[0];
        return d == 1 ? rows % sizes[1] : rows / sizes[1];
    }

    String describeGroup(int group) {
        return "group " + describe(groupId(group, 0), groupId(group, 1), groupId(group, 2));
    }

    String describeItem(int item) {
        return "item " + describe(localId(item, 0), localId(item, 1), localId(item, 2));
    }

    private String describe(int x, int y, int z) {
        if (dimension == 1) {
            return Integer.toString(x);
        }
        return dimension == 2 ? "(" + x + "," + y + ")" : "(" + x + "," + y + "," + z + ")";
    }
}
