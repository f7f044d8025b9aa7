package io.github.tornadoctc.contract;

/** The reference's arithmetic, and so its tolerances. */
class CpuContractTest extends CtcContractTest {
    CpuContractTest() {
        super("cpu", 1e-12, 6e-8);
    }
}
