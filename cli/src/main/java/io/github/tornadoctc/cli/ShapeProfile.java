package io.github.tornadoctc.cli;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.CtcProfile;
import io.github.tornadoctc.kernels.profile.ResidentCall;
import io.github.tornadoctc.kernels.profile.Stage;
import io.github.tornadoctc.measure.Mode;
import io.github.tornadoctc.shapes.CtcShape;
import io.github.tornadoctc.timing.Quartiles;
import io.github.tornadoctc.timing.Stopwatch;
import io.github.tornadoctc.timing.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Where the time of one shape goes on one backend. The wall clock comes first, then as many seconds under TornadoVM's
 * profiler, which would disturb it; every figure is a median over the calls.
 *
 * @param wall a call by the wall clock
 * @param resident the same of a call whose scores and gradient stay on the device
 * @param calls under the profiler
 * @param works the kernels that ran
 * @param copyIn to the device, whole buffers
 * @param copyOut from the device, likewise
 * @param copyOutReported whether the profiler has told of copies from the device, see {@link CtcProfile}
 * @param deviceMilliseconds of kernels and copies
 */
record ShapeProfile(
        CtcShape shape,
        String backend,
        Mode mode,
        Timing wall,
        Timing resident,
        int calls,
        List<Work> works,
        Work copyIn,
        Work copyOut,
        boolean copyOutReported,
        double deviceMilliseconds) {
    private static final int FEWEST_CALLS = 3;

    /**
     * Something that the device does.
     *
     * @param kernel whether it is a kernel, and not a copy between host and device
     * @param steps done one after the other; 0 where they are not
     */
    record Work(String name, boolean kernel, double milliseconds, long bytes, int steps) {
        double gigabytesPerSecond() {
            return milliseconds == 0 ? 0 : bytes / (milliseconds / 1e3) / 1e9;
        }

        /** The latency of a step. */
        double nanosecondsPerStep() {
            return milliseconds * 1e6 / steps;
        }
    }

    /**
     * Profiles a new backend on a batch of that shape, for about {@code seconds} by the wall clock and as many under the
     * profiler.
     */
    static ShapeProfile of(ProfiledBackend backend, CtcShape shape, CtcBatch batch, Mode mode, double seconds) {
        CtcResult result = CtcResult.allocate(batch, mode.options());
        // compiles, which may take longer than a stopwatch with few seconds waits for anything
        backend.backend().compute(batch, mode.options(), result);
        Timing wall = new Stopwatch(seconds).time(() -> backend.backend().compute(batch, mode.options(), result));
        Timing resident;
        try (ResidentCall call = backend.profiler().resident(batch, mode.options())) {
            call.run();
            resident = new Stopwatch(seconds).time(call::run);
        }

        // the first one is of the profiler's own warm-up
        backend.profiler().profile(batch, mode.options(), result);
        List<CtcProfile> profiles = new ArrayList<>();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (profiles.size() < FEWEST_CALLS || System.nanoTime() < end) {
            profiles.add(backend.profiler().profile(batch, mode.options(), result));
        }
        CtcProfile first = profiles.getFirst();
        boolean gradient = mode.options().gradient();
        List<Work> works = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            if (first.nanos(stage) > 0) {
                works.add(new Work(
                        stage.task(Stage.DEFAULT_PREFIX),
                        true,
                        median(profiles, profile -> profile.nanos(stage)),
                        stage.bytes(batch, gradient),
                        stage.isRecursion() ? stage.steps(batch) : 0));
            }
        }
        return new ShapeProfile(
                shape,
                backend.backend().name(),
                mode,
                wall,
                resident,
                profiles.size(),
                works,
                new Work("copy in", false, median(profiles, CtcProfile::copyInNanos), first.bytesIn(), 0),
                new Work("copy out", false, median(profiles, CtcProfile::copyOutNanos), first.bytesOut(), 0),
                first.copyOutReported(),
                median(profiles, CtcProfile::deviceNanos));
    }

    /** In milliseconds. */
    private static double median(List<CtcProfile> profiles, ToLongFunction<CtcProfile> nanos) {
        return Quartiles.of(profiles.stream()
                        .mapToDouble(profile -> nanos.applyAsLong(profile) / 1e6)
                        .toArray())
                .median();
    }

    /** What of the wall clock is neither kernel nor copy. */
    double overheadMilliseconds() {
        return wall.milliseconds().median() - deviceMilliseconds;
    }

    /** What the kernels take, which is the device's share of a resident call but for a few bytes copied. */
    double kernelMilliseconds() {
        return works.stream().mapToDouble(Work::milliseconds).sum();
    }

    /** Kernels and copies, in the order they run. */
    List<Work> all() {
        List<Work> all = new ArrayList<>();
        all.add(copyIn);
        all.addAll(works);
        all.add(copyOut);
        return all;
    }
}
