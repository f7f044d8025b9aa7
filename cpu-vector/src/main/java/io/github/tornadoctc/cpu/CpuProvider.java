package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcDevice;
import io.github.tornadoctc.SingleDeviceProvider;

/** Offers {@link CpuCtc}, the one to take where there is no accelerator. */
public final class CpuProvider extends SingleDeviceProvider {
    /** For {@link java.util.ServiceLoader}. */
    public CpuProvider() {
        super("cpu", 0, "0");
    }

    @Override
    protected CtcDevice device(String id) {
        try (CpuCtc backend = new CpuCtc()) {
            return new CtcDevice(id, System.getProperty("os.arch"), backend.device());
        }
    }

    @Override
    protected CtcBackend openDevice(CtcConfiguration configuration) {
        return new CpuCtc(
                Math.min(configuration.maxThreads(), Runtime.getRuntime().availableProcessors()));
    }
}
