package io.github.tornadoctc.emulator;

import java.util.function.UnaryOperator;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;

/** Runs a graph {@code g} of one task {@code t} whose arrays go to the device and back. */
final class OneTask {
    private OneTask() {}

    static void run(int global, int local, UnaryOperator<TaskGraph> task, Object... arrays) {
        WorkerGrid grid = new WorkerGrid1D(global);
        grid.setLocalWork(local, 1, 1);
        run(grid, task, arrays);
    }

    static void run(WorkerGrid grid, UnaryOperator<TaskGraph> task, Object... arrays) {
        TaskGraph graph = task.apply(new TaskGraph("g").transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays))
                .transferToHost(DataTransferMode.EVERY_EXECUTION, arrays);
        new TornadoExecutionPlan(graph.snapshot())
                .withGridScheduler(new GridScheduler("g.t", grid))
                .execute();
    }

    /** The line after the one that calls this, as an exception's message names it. */
    static String nextLine() {
        return StackWalker.getInstance().walk(frames -> frames.skip(1)
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + (frame.getLineNumber() + 1))
                .orElseThrow());
    }
}
