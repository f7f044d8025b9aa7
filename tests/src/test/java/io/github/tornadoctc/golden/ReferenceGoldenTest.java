package io.github.tornadoctc.golden;

/** The gradient's tolerance is the rounding to float32 of what is stored. */
class ReferenceGoldenTest extends GoldenTest {
    ReferenceGoldenTest() {
        super("reference", 1e-9, 6e-8);
    }
}
