package io.github.tornadoctc.cpu;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcCostModel;
import io.github.tornadoctc.CtcDevice;
import io.github.tornadoctc.SingleDeviceProvider;
import java.util.Optional;

/** Offers {@link CpuCtc}, the one to take where there is no accelerator. */
public final class CpuProvider extends SingleDeviceProvider {
    private static final String DEVICE = "0";

    /** For {@link java.util.ServiceLoader}. */
    public CpuProvider() {
        super("cpu", 0, DEVICE);
    }

    @Override
    protected CtcDevice device(String id) {
        try (CpuCtc backend = new CpuCtc()) {
            return new CtcDevice(id, System.getProperty("os.arch"), backend.device());
        }
    }

    @Override
    public Optional<CtcCostModel> costModel() {
        return Optional.of(new CpuCostModel(new CtcDevice(DEVICE, System.getProperty("os.arch"), "")));
    }

    @Override
    protected CtcBackend openDevice(CtcConfiguration configuration) {
        return new CpuCtc(
                Math.min(configuration.maxThreads(), Runtime.getRuntime().availableProcessors()));
    }
}
