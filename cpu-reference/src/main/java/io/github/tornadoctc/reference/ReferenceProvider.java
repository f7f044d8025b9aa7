package io.github.tornadoctc.reference;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcDevice;
import io.github.tornadoctc.SingleDeviceProvider;

/** Offers {@link ReferenceCtc}; never chosen automatically. */
public final class ReferenceProvider extends SingleDeviceProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ReferenceProvider() {
        super("reference", -1, "0");
    }

    @Override
    protected CtcDevice device(String id) {
        return new CtcDevice(id, System.getProperty("os.arch"), new ReferenceCtc().device());
    }

    @Override
    protected CtcBackend openDevice(CtcConfiguration configuration) {
        return new ReferenceCtc();
    }
}
