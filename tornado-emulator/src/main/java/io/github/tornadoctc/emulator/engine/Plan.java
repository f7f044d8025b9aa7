package io.github.tornadoctc.emulator.engine;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.DataRange;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** The graphs of an execution plan, and which of them are selected. */
public final class Plan {
    private final List<DeviceGraph> all;
    private List<DeviceGraph> selected;
    private @Nullable GridScheduler grids;
    private @Nullable DeviceGraph executedLast;

    public Plan(List<DeviceGraph> graphs) {
        all = List.copyOf(graphs);
        selected = all;
    }

    public void selectGraph(int index) {
        if (index < 0 || index >= all.size()) {
            throw new TornadoRuntimeException("the plan has no graph " + index + ", only " + all.size());
        }
        selected = List.of(all.get(index));
        if (grids != null) {
            useGrids(grids);
        }
    }

    public void selectAll() {
        selected = all;
    }

    /** Lets the selected graphs run on {@code grids}, whose names must all be tasks of the plan. */
    public void useGrids(GridScheduler grids) {
        Set<String> unknown = new TreeSet<>(grids.keySet());
        Set<String> known = new TreeSet<>();
        all.forEach(graph -> known.addAll(graph.taskNames()));
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new TornadoRuntimeException(
                    "the grid scheduler names " + unknown + ", the tasks of the plan are " + known);
        }
        this.grids = grids;
        selected.forEach(graph -> graph.useGrids(grids));
    }

    /** Runs the selected graphs one after the other. */
    public Profile execute() {
        Profile profile = Profile.NONE;
        for (DeviceGraph graph : selected) {
            profile = profile.plus(graph.execute(executedLast));
        }
        // Only now, as in TornadoVM: graphs that one execute() runs do not consume from each other.
        executedLast = selected.getLast();
        return profile;
    }

    /** Has the selected graphs capture their first execution. */
    public void captureFirstExecution() {
        selected.forEach(DeviceGraph::captureFirstExecution);
    }

    public void free() {
        selected.forEach(DeviceGraph::free);
    }

    public long deviceBytes() {
        return selected.stream().mapToLong(DeviceGraph::deviceBytes).sum();
    }

    public void transferToHost(Object... objects) {
        for (Object object : objects) {
            if (!(object instanceof TornadoNativeArray array)) {
                throw new TornadoRuntimeException("only native arrays can be transferred to the host");
            }
            buffersOf(array).forEach(DeviceBuffer::copyOut);
        }
    }

    public void transferToHost(DataRange range) {
        range.materialize();
        buffersOf(range.getArray()).forEach(buffer -> buffer.copyOut(range.getOffset(), range.getPartialSize()));
    }

    private List<DeviceBuffer> buffersOf(TornadoNativeArray array) {
        List<DeviceBuffer> buffers = selected.stream()
                .flatMap(graph -> Stream.ofNullable(graph.findBuffer(array)))
                .filter(buffer -> !buffer.freed)
                .toList();
        if (buffers.isEmpty()) {
            throw new TornadoRuntimeException(DeviceGraph.describe(array) + " cannot be transferred to the host: the"
                    + " selected graphs "
                    + selected.stream().map(DeviceGraph::name).toList()
                    + " do not have it on the device");
        }
        return buffers;
    }
}
