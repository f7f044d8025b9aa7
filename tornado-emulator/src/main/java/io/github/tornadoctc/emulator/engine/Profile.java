package io.github.tornadoctc.emulator.engine;

import java.util.Locale;

/** What executions of graphs have cost the host, in nanoseconds and bytes. */
public record Profile(
        long totalNanos, long kernelNanos, long copyInNanos, long copyOutNanos, long bytesIn, long bytesOut) {
    public static final Profile NONE = new Profile(0, 0, 0, 0, 0, 0);

    Profile plus(Profile other) {
        return new Profile(
                totalNanos + other.totalNanos,
                kernelNanos + other.kernelNanos,
                copyInNanos + other.copyInNanos,
                copyOutNanos + other.copyOutNanos,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut);
    }

    /** As JSON. */
    public String log() {
        return String.format(
                Locale.ROOT,
                "{\"device\": \"%s\", \"totalNanos\": %d, \"kernelNanos\": %d, \"copyInNanos\": %d,"
                        + " \"copyOutNanos\": %d, \"bytesIn\": %d, \"bytesOut\": %d}",
                EmulatedDevice.NAME,
                totalNanos,
                kernelNanos,
                copyInNanos,
                copyOutNanos,
                bytesIn,
                bytesOut);
    }
}
