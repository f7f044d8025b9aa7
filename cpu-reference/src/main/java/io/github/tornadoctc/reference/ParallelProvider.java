package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcDevice;
import io.github.tornadoctc.SingleDeviceProvider;

/** Offers {@link ParallelCtc}; never chosen automatically. */
public final class ParallelProvider extends SingleDeviceProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ParallelProvider() {
        super("parallel", -1, "0");
    }

    @Override
    protected CtcDevice device(String id) {
        return new CtcDevice(id, System.getProperty("os.arch"), new ParallelCtc().device());
    }

    @Override
    protected CtcBackend openDevice(CtcConfiguration configuration) {
        return new ParallelCtc(configuration.maxThreads());
    }
}
