package io.github.tornadoctc.contract;

/** The reference's arithmetic, and so its tolerances. */
class ParallelContractTest extends CtcContractTest {
    ParallelContractTest() {
        super("parallel", 1e-12, 6e-8);
    }
}
