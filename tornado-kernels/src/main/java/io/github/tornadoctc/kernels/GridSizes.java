package io.github.tornadoctc.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.WorkerGrid;

/** The sizes of the grids of a graph at one time, to tell whether they are others later. */
final class GridSizes {
    private final List<Grid> tasks = new ArrayList<>();

    private static final class Grid {
        private final String task;
        private final WorkerGrid grid;
        private final long[] global;
        private final long @Nullable [] local;

        Grid(String task, WorkerGrid grid) {
            long[] localNow = grid.getLocalWork();
            this.task = task;
            this.grid = grid;
            this.global = grid.getGlobalWork().clone();
            this.local = localNow == null ? null : localNow.clone();
        }

        boolean hold() {
            return Arrays.equals(grid.getGlobalWork(), global) && Arrays.equals(grid.getLocalWork(), local);
        }

        @Override
        public String toString() {
            return task + " " + Arrays.toString(global) + " in groups of " + Arrays.toString(local);
        }
    }

    private GridSizes() {}

    /** As they are now. */
    static GridSizes of(GridScheduler grids) {
        GridSizes sizes = new GridSizes();
        for (String task : new TreeSet<>(grids.keySet())) {
            WorkerGrid grid = grids.get(task);
            if (grid != null) {
                sizes.tasks.add(new Grid(task, grid));
            }
        }
        return sizes;
    }

    /** Whether the same grids have the same sizes still. */
    boolean hold() {
        for (Grid task : tasks) {
            if (!task.hold()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return tasks.stream().map(Grid::toString).collect(Collectors.joining(", "));
    }
}
