package io.github.tornadoctc.kernels;

import io.github.tornadoctc.kernels.profile.CtcProfile;
import io.github.tornadoctc.kernels.profile.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.ac.manchester.tornado.api.TornadoProfilerResult;

/**
 * Reads what TornadoVM's profiler tells of single tasks, which it does only in its log: one JSON object for every
 * execution of the plan, the newest last, and in it one for every task, of numbers in quotes. A task has a compile time
 * only in the execution that compiled it.
 */
final class ProfileLog {
    private static final Pattern TASK = Pattern.compile("\"([^\"{}]+)\\.([^\".{}]+)\":\\s*\\{([^{}]*)}");
    private static final Pattern NUMBER = Pattern.compile("\"(\\w+)\":\\s*\"(\\d+)\"");

    private static final String KERNEL_TIME = "TASK_KERNEL_TIME";
    private static final String COMPILE_TIME = "TASK_COMPILE_GRAAL_TIME";

    private ProfileLog() {}

    /** The profile of the execution that has just ended, with the copies to the host that the profiler tells of. */
    static CtcProfile lastExecution(TornadoProfilerResult result) {
        Map<String, Map<String, Long>> tasks = tasks(result.getProfileLog());
        List<CtcProfile.Kernel> kernels = new ArrayList<>();
        int compiled = 0;
        for (Stage stage : Stage.values()) {
            Map<String, Long> metrics = tasks.get(stage.task(Stage.DEFAULT_PREFIX));
            if (metrics != null) {
                kernels.add(new CtcProfile.Kernel(stage, metrics.getOrDefault(KERNEL_TIME, 0L)));
                compiled += metrics.containsKey(COMPILE_TIME) ? 1 : 0;
            }
        }
        return new CtcProfile(
                kernels,
                result.getDeviceWriteTime(),
                result.getDeviceReadTime(),
                result.getTotalBytesCopyIn(),
                result.getTotalBytesCopyOut(),
                compiled,
                true);
    }

    /** The same profile but for the copies to the host. */
    static CtcProfile with(CopiedOut out, CtcProfile profile) {
        return new CtcProfile(
                profile.kernels(),
                profile.copyInNanos(),
                out.nanos(),
                profile.bytesIn(),
                out.bytes(),
                profile.compiledKernels(),
                out.reported());
    }

    /** The metrics of each task, by its name without the graph's, as the last execution in the log has them. */
    static Map<String, Map<String, Long>> tasks(String log) {
        Map<String, Map<String, Long>> tasks = new HashMap<>();
        Matcher task = TASK.matcher(log);
        while (task.find()) {
            Map<String, Long> metrics = new HashMap<>();
            Matcher number = NUMBER.matcher(task.group(3));
            while (number.find()) {
                metrics.put(number.group(1), Long.parseLong(number.group(2)));
            }
            tasks.put(task.group(2), metrics);
        }
        return tasks;
    }
}
