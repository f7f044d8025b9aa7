package io.github.tornadoctc.contract;

/** The gradient's tolerance is the rounding to float32 of what is stored. */
class ReferenceContractTest extends CtcContractTest {
    ReferenceContractTest() {
        super("reference", 1e-12, 6e-8);
    }
}
