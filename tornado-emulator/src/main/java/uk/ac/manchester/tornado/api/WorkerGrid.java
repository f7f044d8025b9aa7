package uk.ac.manchester.tornado.api;

import org.jspecify.annotations.Nullable;

/** How many work-items run a task, and in groups of which size, along x, y and z. */
public interface WorkerGrid {
    /** Number of dimensions in use. */
    int dimension();

    long[] getGlobalWork();

    /** Size of a group, or {@code null} to leave it to the device. */
    long @Nullable [] getLocalWork();

    /** Number of groups, or {@code null} as long as no group size is set. */
    long @Nullable [] getNumberOfWorkgroups();

    long[] getGlobalOffset();

    void setGlobalWork(long x, long y, long z);

    void setLocalWork(long x, long y, long z);

    void setNumberOfWorkgroupsToNull();

    void setLocalWorkToNull();

    void setGlobalOffset(long x, long y, long z);
}
