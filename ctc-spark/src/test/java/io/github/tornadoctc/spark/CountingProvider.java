package io.github.tornadoctc.spark;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcDevice;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.SingleDeviceProvider;
import java.util.concurrent.atomic.AtomicInteger;

/** Offers the CPU under another name, counts how often it is opened, and has a limit that a device may have. */
public final class CountingProvider extends SingleDeviceProvider {
    static final AtomicInteger OPENED = new AtomicInteger();
    /** Frames of a batch that it refuses. */
    static final int TOO_LONG = 77;

    /** For {@link java.util.ServiceLoader}. */
    public CountingProvider() {
        super("counting", -1, "0");
    }

    @Override
    protected CtcDevice device(String id) {
        return new CtcDevice(id, "test", "test");
    }

    @Override
    protected CtcBackend openDevice(CtcConfiguration configuration) {
        OPENED.incrementAndGet();
        CtcBackend cpu = CtcBackends.open("cpu", configuration);
        return new CtcBackend() {
            @Override
            public String name() {
                return "counting";
            }

            @Override
            public String device() {
                return cpu.device();
            }

            @Override
            public void compute(CtcBatch batch, CtcOptions options, CtcResult result) {
                if (batch.timeSteps() == TOO_LONG) {
                    throw new IllegalArgumentException("77 frames do not fit this device");
                }
                cpu.compute(batch, options, result);
            }

            @Override
            public void close() {
                cpu.close();
            }
        };
    }
}
