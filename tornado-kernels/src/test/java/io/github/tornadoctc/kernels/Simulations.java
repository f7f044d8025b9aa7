package io.github.tornadoctc.kernels;

import io.github.tornadoctc.Layout;
import io.github.tornadoctc.kernels.RecordedTasks.Step;
import io.github.tornadoctc.kernels.profile.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Run in a JVM with a TornadoVM SDK: writes down, for {@code oclgrind-kernel}, the OpenCL that TornadoVM makes of each
 * kernel, and what it is called with, while the kernels run one after the other on whatever device there is.
 */
final class Simulations {
    /** The variants that differ in more than data: each takes TornadoVM and the driver a second to compile. */
    private static final Set<String> BATCHES = Set.of(
            "several rows to a group",
            "more symbols than lanes to a row",
            "fetched ahead",
            "three blocks of lanes",
            "one frame",
            "no frames in two of three");

    /** The exit status where the first backend is another, or none. */
    static final int NO_OPENCL = 3;

    private static final Pattern KERNEL = Pattern.compile("(?s)#pragma.*?__kernel void (\\w+)\\(.*\\R}");

    /** What TornadoVM puts before the arguments of the Java method; the kernels make no use of it. */
    private static final String HIDDEN_ARGUMENTS =
            """
            <size=64 long fill=0>
            <size=64 uchar fill=0>
            <size=64>
            <size=64 int fill=0>
            """;

    private static final String GRAPH = "loss";
    private static final String PREFIX = "ctc";

    private final Path directory;
    private static final TornadoDevice DEVICE =
            TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();

    private int count;

    private Simulations(Path directory) {
        this.directory = directory;
    }

    /** The argument is the directory to write to. */
    public static void main(String[] args) throws IOException, TornadoExecutionPlanException {
        TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
        if (runtime.getNumBackends() == 0 || runtime.getBackendType(0) != TornadoVMBackendType.OPENCL) {
            System.exit(NO_OPENCL);
        }
        Simulations simulations = new Simulations(Path.of(args[0]));
        for (Variant variant : Variant.all()) {
            boolean wanted = variant.options().gradient() || variant.name().startsWith("three blocks");
            if (wanted && variant.batch().layout() == Layout.TIME_MAJOR && BATCHES.contains(variant.name())) {
                simulations.write(variant);
            }
        }
        simulations.writeConversions(Variant.all().getFirst());
    }

    /** From 16 bits and back; the tasks in between are those of {@link #write}. */
    private void writeConversions(Variant variant) throws IOException, TornadoExecutionPlanException {
        for (NarrowFloat format : NarrowFloat.values()) {
            CtcTasks tasks = new CtcTasks(variant.capacity(), variant.options(), PREFIX, DEVICE);
            RecordedTasks recorded = new RecordedTasks(GRAPH);
            GridScheduler grids = new GridScheduler();
            ShortArray scores = new ShortArray(variant.capacity().length(LossBuffer.SCORES));
            for (int i = 0; i < scores.getSize(); i++) {
                scores.set(i, (short) i);
            }
            tasks.appendTo(recorded, grids, ScoreArrays.of(format, scores, new ShortArray(scores.getSize())));
            tasks.prepare(variant.batch());
            write(recorded.steps().getFirst(), grids, "scores of " + format);
            write(recorded.steps().getLast(), grids, "gradient of " + format);
        }
    }

    private void write(Variant variant) throws IOException, TornadoExecutionPlanException {
        CtcTasks tasks = new CtcTasks(variant.capacity(), variant.options(), PREFIX, DEVICE);
        RecordedTasks recorded = new RecordedTasks(GRAPH);
        GridScheduler grids = new GridScheduler();
        FloatArray scores = new FloatArray(variant.capacity().length(LossBuffer.SCORES));
        FloatArray gradient = new FloatArray(scores.getSize());
        boolean wantsGradient = variant.options().gradient();
        tasks.appendTo(recorded, grids, wantsGradient ? ScoreArrays.of(scores, gradient) : ScoreArrays.of(scores));
        tasks.prepare(variant.batch());
        BatchPart.all(variant.batch()).pack(scores.getSegment(), HostThreads.NONE);
        int stages = Stage.of(wantsGradient).size();
        if (recorded.steps().size() != stages) {
            throw new IllegalStateException("of %d tasks %s were recorded: RecordedTasks lacks those of other arguments"
                    .formatted(stages, recorded.steps().stream().map(Step::id).toList()));
        }
        for (Step step : recorded.steps()) {
            write(step, grids, variant.toString());
        }
    }

    private void write(Step step, GridScheduler grids, String what) throws IOException, TornadoExecutionPlanException {
        WorkerGrid grid = Objects.requireNonNull(grids.get(GRAPH + "." + step.id()));
        String arguments = arguments(step.arguments());
        Matcher kernel = KERNEL.matcher(run(step, grid));
        if (!kernel.find()) {
            throw new IllegalStateException("TornadoVM has printed no OpenCL for " + step.id() + " of " + what);
        }
        String name = "%03d-%s".formatted(count++, step.id());
        Files.writeString(directory.resolve(name + ".cl"), kernel.group() + "\n");
        Files.writeString(
                directory.resolve(name + ".sim"),
                "# %s%n%s.cl%n%s%n%d 1 1%n%d 1 1%n%s%s"
                        .formatted(
                                what,
                                name,
                                kernel.group(1),
                                grid.getGlobalWork()[0],
                                Objects.requireNonNull(grid.getLocalWork())[0],
                                HIDDEN_ARGUMENTS,
                                arguments));
    }

    /** Runs one task; what TornadoVM prints. */
    private static String run(Step step, WorkerGrid grid) throws TornadoExecutionPlanException {
        GridScheduler grids = new GridScheduler("one." + step.id(), grid);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (TornadoExecutionPlan plan =
                new TornadoExecutionPlan(step.alone("one").snapshot())) {
            plan.withPrintKernel().withGridScheduler(grids).execute();
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static String arguments(List<Object> arguments) {
        StringBuilder text = new StringBuilder();
        for (Object argument : arguments) {
            if (argument instanceof TornadoNativeArray array) {
                int[] words = array.getSegmentWithHeader().toArray(ValueLayout.JAVA_INT);
                text.append("<size=").append(Integer.BYTES * words.length).append(" uint hex>\n");
                for (int word : words) {
                    text.append(Integer.toHexString(word)).append('\n');
                }
            } else if (!(argument instanceof KernelContext)) {
                text.append("<size=4 int> ").append(argument).append('\n');
            }
        }
        return text.toString();
    }
}
