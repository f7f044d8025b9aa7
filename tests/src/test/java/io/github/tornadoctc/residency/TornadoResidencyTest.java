package io.github.tornadoctc.residency;

import static org.junit.jupiter.api.Assumptions.abort;

import io.github.tornadoctc.CtcBackends;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** On the default device of TornadoVM. Skipped, saying why, where there is none. */
@Tag("device")
class TornadoResidencyTest extends ResidencyTest {
    @BeforeAll
    static void assumeDevice() {
        CtcBackends.provider("tornado").unavailable().ifPresent(reason -> {
            System.out.println("CTC in a caller's own graph: SKIPPED, " + reason);
            abort(reason);
        });
    }
}
