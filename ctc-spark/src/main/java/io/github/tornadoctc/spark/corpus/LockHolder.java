package io.github.tornadoctc.spark.corpus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Who holds a {@link RunLock}.
 *
 * @param token of the run, which no other one has
 * @param host its name, for people
 * @param place what tells whether process numbers here mean the same there: the boot of the machine and the namespace of
 *     processes, as containers have their own; empty if it is not known
 * @param process its number
 * @param processStart when that process began, in milliseconds, as numbers are used again; 0 if it is not known
 * @param since when the run began, for people
 * @param beat counts on as long as the run goes on
 */
record LockHolder(String token, String host, String place, long process, long processStart, String since, long beat) {
    /** A run of this process. */
    static LockHolder self() {
        ProcessHandle process = ProcessHandle.current();
        return new LockHolder(
                UUID.randomUUID().toString(),
                hostName(),
                here(),
                process.pid(),
                start(process),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                0);
    }

    /** The same, later. */
    LockHolder next() {
        return new LockHolder(token, host, place, process, processStart, since, beat + 1);
    }

    /** Whether its process can be looked at from here. */
    boolean livedHere() {
        return !place.isEmpty() && place.equals(here());
    }

    /** Whether its process is there, if that can be looked at. */
    boolean lives() {
        return ProcessHandle.of(process)
                .filter(found -> found.isAlive() && start(found) == processStart)
                .isPresent();
    }

    private static long start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unknown host";
        }
    }

    /** Of Linux; elsewhere a run is told to be alive by its beat alone. */
    private static String here() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + " "
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException e) {
            return "";
        }
    }
}
