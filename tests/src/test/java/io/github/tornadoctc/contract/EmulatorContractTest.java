package io.github.tornadoctc.contract;

/** The kernels in float32, each work-item on the JVM: about a million work-item steps a second. */
class EmulatorContractTest extends CtcContractTest {
    EmulatorContractTest() {
        super("emulator", 3e-7, 1e-5);
    }

    @Override
    public boolean slow() {
        return true;
    }
}
