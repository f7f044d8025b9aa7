package io.github.tornadoctc.golden;

/** The reference's arithmetic, and so its tolerances. */
class ParallelGoldenTest extends GoldenTest {
    ParallelGoldenTest() {
        super("parallel", 1e-9, 6e-8);
    }
}
