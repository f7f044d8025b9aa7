package io.github.tornadoctc.contract;

/** The linear-domain recursion in double, which rounds its output to float32. */
class CpuContractTest extends CtcContractTest {
    CpuContractTest() {
        super("cpu", 1e-7, 2e-7);
    }
}
