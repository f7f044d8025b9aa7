package uk.ac.manchester.tornado.api;

import io.github.tornadoctc.emulator.engine.DeviceGraph;

/** A task graph that is complete and can be executed. It owns its arrays' memory on the device. */
public class ImmutableTaskGraph {
    private final DeviceGraph graph;

    ImmutableTaskGraph(DeviceGraph graph) {
        this.graph = graph;
    }

    DeviceGraph graph() {
        return graph;
    }
}
