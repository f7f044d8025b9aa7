package io.github.tornadoctc.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes in use after garbage collection.
 *
 * @param heap of the JVM
 * @param resident of the whole process, or -1 where the system does not tell
 * @param device that the backend's plans have on the device
 */
record Memory(long heap, long resident, long device) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    /** A reference that is dropped in one collection may free what only the next one finds. */
    private static final int COLLECTIONS = 4;

    static Memory now(ProfiledBackend backend) {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new Memory(heap, residentNow(), backend.profiler().deviceMemory());
    }

    private static long residentNow() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(RESIDENT)) {
                    // such as "VmRSS:   123456 kB"
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
        } catch (IOException e) {
            return -1;
        }
        return -1;
    }
}
