package io.github.tornadoctc.contract;

import org.junit.jupiter.api.Tag;

/** The kernels in float32 on a device of TornadoVM. Skipped, saying why, where there is none. */
@Tag("device")
class TornadoContractTest extends CtcContractTest {
    TornadoContractTest() {
        super("tornado", 1e-6, 1e-5);
    }
}
