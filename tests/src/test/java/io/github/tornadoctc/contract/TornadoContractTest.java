package io.github.tornadoctc.contract;

import org.junit.jupiter.api.Tag;

/** The kernels in float32 on a device of TornadoVM. Skipped, saying why, where there is none. */
@Tag("device")
class TornadoContractTest extends CtcContractTest {
    TornadoContractTest() {
        super("tornado", 3e-7, 1e-5);
    }
}
