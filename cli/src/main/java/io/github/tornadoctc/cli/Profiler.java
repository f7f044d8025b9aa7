package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.measure.Mode;
import io.github.tornadoctc.shapes.BenchmarkShapes;
import io.github.tornadoctc.shapes.CtcShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Profiles a backend on shapes, each on a backend of its own, as the benchmark does. */
record Profiler(
        CommandSpec command,
        String backend,
        @Nullable String device,
        List<CtcShape> shapes,
        List<Mode> modes,
        double seconds,
        double scale) {
    private static final String EMULATOR = "emulator";

    /** The size of each of two buffers: larger than the caches of any device, and a tenth of a second at 10 GB/s. */
    private static final long COPY_BYTES = 512L << 20;

    /** What the emulator copies in a moment. */
    private static final long EMULATED_COPY_BYTES = 1L << 18;

    /** The number of times that {@link #run} runs its argument. */
    int measurements() {
        return 1 + shapes.size() * modes.size();
    }

    ProfileReport run(Runnable done) {
        String description;
        double bandwidth;
        try (ProfiledBackend opened = ProfiledBackend.open(command, backend, device)) {
            description = opened.backend().device();
            bandwidth = opened.profiler()
                    .copyGigabytesPerSecond(
                            opened.backend().name().equals(EMULATOR) ? EMULATED_COPY_BYTES : COPY_BYTES);
            done.run();
        }
        List<ShapeProfile> profiles = new ArrayList<>();
        for (CtcShape shape : shapes) {
            CtcBatch batch = BenchmarkShapes.batch(shape, scale);
            for (Mode mode : modes) {
                try (ProfiledBackend opened = ProfiledBackend.open(command, backend, device)) {
                    profiles.add(ShapeProfile.of(opened, shape, batch, mode, seconds));
                }
                done.run();
            }
        }
        return new ProfileReport(backend, description, bandwidth, scale, profiles);
    }
}
