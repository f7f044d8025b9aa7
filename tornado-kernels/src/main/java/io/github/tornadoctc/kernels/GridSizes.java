package io.github.tornadoctc.kernels;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.WorkerGrid;

/**
 * The sizes of the grids of a graph at one time, to tell whether they are others later.
 *
 * @param tasks of each task, by its full name: the global size along each axis, then the local one where there is one
 */
record GridSizes(Map<String, List<Long>> tasks) {

    /** As they are now. */
    static GridSizes of(GridScheduler grids) {
        Map<String, List<Long>> tasks = new TreeMap<>();
        for (String task : grids.keySet()) {
            WorkerGrid grid = grids.get(task);
            if (grid != null) {
                long[] local = grid.getLocalWork();
                tasks.put(
                        task,
                        LongStream.concat(
                                        Arrays.stream(grid.getGlobalWork()),
                                        local == null ? LongStream.empty() : Arrays.stream(local))
                                .boxed()
                                .toList());
            }
        }
        return new GridSizes(tasks);
    }

    @Override
    public String toString() {
        return tasks.entrySet().stream()
                .map(task -> task.getKey() + " " + task.getValue())
                .collect(Collectors.joining(", "));
    }
}
