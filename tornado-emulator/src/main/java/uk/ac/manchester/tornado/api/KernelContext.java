package uk.ac.manchester.tornado.api;

import io.github.tornadoctc.emulator.engine.KernelContexts;
import io.github.tornadoctc.emulator.engine.WorkItem;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * A work-item's view of the grid it runs in: where it is, the barriers of its group and the group's local memory. A
 * context made with the public constructor stands for any item when a task is added to a graph; a kernel called with
 * it directly runs as an item without a group, at index 0 and with sizes of 0.
 */
public class KernelContext {
    static {
        KernelContexts.register(KernelContext::new);
    }

    public final Integer globalIdx;
    public final Integer globalIdy;
    public final Integer globalIdz;
    public final Integer groupIdx;
    public final Integer groupIdy;
    public final Integer groupIdz;
    public final Integer localIdx;
    public final Integer localIdy;
    public final Integer localIdz;

    /** Number of work-items of the whole grid along x. */
    public final Integer globalGroupSizeX;

    public final Integer globalGroupSizeY;
    public final Integer globalGroupSizeZ;

    /** Number of work-items of a group along x. */
    public final Integer localGroupSizeX;

    public final Integer localGroupSizeY;
    public final Integer localGroupSizeZ;

    private final @Nullable WorkItem item;

    public KernelContext() {
        this(null);
    }

    private KernelContext(@Nullable WorkItem item) {
        this.item = item;
        globalIdx = item == null ? 0 : item.globalId(0);
        globalIdy = item == null ? 0 : item.globalId(1);
        globalIdz = item == null ? 0 : item.globalId(2);
        groupIdx = item == null ? 0 : item.groupId(0);
        groupIdy = item == null ? 0 : item.groupId(1);
        groupIdz = item == null ? 0 : item.groupId(2);
        localIdx = item == null ? 0 : item.localId(0);
        localIdy = item == null ? 0 : item.localId(1);
        localIdz = item == null ? 0 : item.localId(2);
        globalGroupSizeX = item == null ? 0 : item.globalSize(0);
        globalGroupSizeY = item == null ? 0 : item.globalSize(1);
        globalGroupSizeZ = item == null ? 0 : item.globalSize(2);
        localGroupSizeX = item == null ? 0 : item.localSize(0);
        localGroupSizeY = item == null ? 0 : item.localSize(1);
        localGroupSizeZ = item == null ? 0 : item.localSize(2);
    }

    /** Waits for all items of the group; what they wrote to local memory before is visible after. */
    public void localBarrier() {
        if (item != null) {
            item.localBarrier();
        }
    }

    /** Waits for all items of the group, not of the grid; what they wrote to global memory before is visible after. */
    public void globalBarrier() {
        if (item != null) {
            item.globalBarrier();
        }
    }

    public int[] allocateIntLocalArray(int size) {
        return item == null ? new int[size] : (int[]) item.allocate(int.class, size);
    }

    public byte[] allocateByteLocalArray(int size) {
        return item == null ? new byte[size] : (byte[]) item.allocate(byte.class, size);
    }

    public HalfFloat[] allocateHalfFloatLocalArray(int size) {
        return item == null ? new HalfFloat[size] : (HalfFloat[]) item.allocate(HalfFloat.class, size);
    }

    public long[] allocateLongLocalArray(int size) {
        return item == null ? new long[size] : (long[]) item.allocate(long.class, size);
    }

    public float[] allocateFloatLocalArray(int size) {
        return item == null ? new float[size] : (float[]) item.allocate(float.class, size);
    }

    public double[] allocateDoubleLocalArray(int size) {
        return item == null ? new double[size] : (double[]) item.allocate(double.class, size);
    }

    // One work-item runs at a time, so plain arithmetic is atomic; only who watches the array must be told.

    public void atomicAdd(IntArray array, int index, int val) {
        atomically(() -> array.set(index, array.get(index) + val));
    }

    public void atomicAdd(int[] array, int index, int val) {
        array[index] += val;
    }

    public void atomicAdd(LongArray array, int index, long val) {
        atomically(() -> array.set(index, array.get(index) + val));
    }

    public void atomicAdd(FloatArray array, int index, float val) {
        atomically(() -> array.set(index, array.get(index) + val));
    }

    public void atomicAdd(DoubleArray array, int index, double val) {
        atomically(() -> array.set(index, array.get(index) + val));
    }

    private void atomically(Runnable update) {
        if (item == null) {
            update.run();
        } else {
            item.atomically(update);
        }
    }
}
