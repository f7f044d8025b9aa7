package io.github.tornadoctc.golden;

/** Double inside, float32 where it stores: nearer than float32 backends have to be. */
class CpuGoldenTest extends GoldenTest {
    CpuGoldenTest() {
        super("cpu", 1e-7, 2e-7);
    }
}
