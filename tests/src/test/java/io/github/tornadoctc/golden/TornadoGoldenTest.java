package io.github.tornadoctc.golden;

import org.junit.jupiter.api.Tag;

/** The kernels in float32 on a device of TornadoVM. Skipped, saying why, where there is none. */
@Tag("device")
class TornadoGoldenTest extends GoldenTest {
    TornadoGoldenTest() {
        super("tornado", 1e-6, 1e-5);
    }
}
