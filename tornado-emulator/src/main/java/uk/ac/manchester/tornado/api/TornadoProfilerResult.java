package uk.ac.manchester.tornado.api;

import io.github.tornadoctc.emulator.engine.Profile;

/**
 * What an execution has cost. The emulator has only the host's clock: these are nanoseconds of emulation and say
 * nothing about a device. All are 0 without {@code withProfiler}.
 */
public class TornadoProfilerResult {
    private final Profile profile;
    private final long deviceBytes;

    TornadoProfilerResult(Profile profile, long deviceBytes) {
        this.profile = profile;
        this.deviceBytes = deviceBytes;
    }

    /** Copies and tasks together. */
    public long getTotalTime() {
        return profile.totalNanos();
    }

    /** Always 0: nothing is compiled. */
    public long getCompileTime() {
        return 0;
    }

    /** Always 0: nothing is compiled. */
    public long getTornadoCompilerTime() {
        return 0;
    }

    /** Always 0: nothing is compiled. */
    public long getDriverInstallTime() {
        return 0;
    }

    public long getDataTransfersTime() {
        return getDeviceWriteTime() + getDeviceReadTime();
    }

    /** Copying to the device. */
    public long getDeviceWriteTime() {
        return profile.copyInNanos();
    }

    /** Copying from the device. */
    public long getDeviceReadTime() {
        return profile.copyOutNanos();
    }

    /** Always 0: a copy is not queued. */
    public long getDataTransferDispatchTime() {
        return 0;
    }

    /** Always 0: a task is not queued. */
    public long getKernelDispatchTime() {
        return 0;
    }

    /** Running the tasks. */
    public long getDeviceKernelTime() {
        return profile.kernelNanos();
    }

    public long getTotalBytesCopyIn() {
        return profile.bytesIn();
    }

    public long getTotalBytesCopyOut() {
        return profile.bytesOut();
    }

    public long getTotalBytesTransferred() {
        return profile.bytesIn() + profile.bytesOut();
    }

    /** Bytes that the executed graphs had on the device. */
    public long getTotalDeviceMemoryUsage() {
        return deviceBytes;
    }

    /** The figures as JSON. */
    public String getProfileLog() {
        return profile.log();
    }

    /** Prints {@link #getProfileLog}. */
    public void dumpProfiles() {
        System.out.println(profile.log());
    }
}
