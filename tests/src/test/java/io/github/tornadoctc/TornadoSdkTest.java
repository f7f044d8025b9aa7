package io.github.tornadoctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In a JVM with TornadoVM's flags it is TornadoVM that answers, not the emulator of the same packages. */
@Tag("device")
class TornadoSdkTest {
    private static final String MODULE = "tornado.api";

    @BeforeAll
    static void assumeSdk() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            String reason = "no module " + MODULE + ": this JVM has not the flags of a TornadoVM SDK";
            System.out.println("TornadoVM's classes: SKIPPED, " + reason);
            abort(reason);
        }
    }

    @Test
    void theSdksClassesWinOverTheEmulators() throws ClassNotFoundException {
        Class<?> graph = Class.forName("uk.ac.manchester.tornado.api.TaskGraph");
        assertThat(graph.getModule().getName()).isEqualTo(MODULE);
    }

    /** Else a kernel that does not compile would silently run on the JVM. */
    @Test
    void aKernelThatDoesNotCompileIsAnError() {
        assertThat(System.getProperty("tornado.recover.bailout")).isEqualToIgnoringCase("false");
    }
}
