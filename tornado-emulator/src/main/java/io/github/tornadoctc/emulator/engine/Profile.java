package io.github.tornadoctc.emulator.engine;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What executions of graphs have cost the host, in nanoseconds and bytes.
 *
 * @param taskNanos of each task, in the order they ran
 */
public record Profile(
        long totalNanos,
        Map<String, Long> taskNanos,
        long copyInNanos,
        long copyOutNanos,
        long bytesIn,
        long bytesOut) {
    public static final Profile NONE = new Profile(0, Map.of(), 0, 0, 0, 0);

    /** Of all tasks. */
    public long kernelNanos() {
        return taskNanos.values().stream().mapToLong(Long::longValue).sum();
    }

    Profile plus(Profile other) {
        Map<String, Long> tasks = new LinkedHashMap<>(taskNanos);
        other.taskNanos.forEach((task, nanos) -> tasks.merge(task, nanos, Long::sum));
        return new Profile(
                totalNanos + other.totalNanos,
                tasks,
                copyInNanos + other.copyInNanos,
                copyOutNanos + other.copyOutNanos,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut);
    }

    /** As JSON; the tasks as TornadoVM has them, numbers in quotes. */
    public String log() {
        String tasks = taskNanos.entrySet().stream()
                .map(task -> "\"%s\": {\"TASK_KERNEL_TIME\": \"%d\"}".formatted(task.getKey(), task.getValue()))
                .collect(joining(", "));
        return String.format(
                Locale.ROOT,
                "{\"device\": \"%s\", \"totalNanos\": %d, \"kernelNanos\": %d, \"copyInNanos\": %d,"
                        + " \"copyOutNanos\": %d, \"bytesIn\": %d, \"bytesOut\": %d, \"tasks\": {%s}}",
                EmulatedDevice.NAME,
                totalNanos,
                kernelNanos(),
                copyInNanos,
                copyOutNanos,
                bytesIn,
                bytesOut,
                tasks);
    }
}
