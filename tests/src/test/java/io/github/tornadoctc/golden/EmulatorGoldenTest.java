package io.github.tornadoctc.golden;

/** The kernels in float32 on the JVM. */
class EmulatorGoldenTest extends GoldenTest {
    EmulatorGoldenTest() {
        super("emulator", 1e-6, 1e-5);
    }
}
