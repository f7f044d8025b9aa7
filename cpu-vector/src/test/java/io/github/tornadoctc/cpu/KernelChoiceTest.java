package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackends;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which kernels are taken, in JVMs started with and without what the Vector API needs. */
class KernelChoiceTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";
    private static final String[] JVMCI = {"-XX:+UnlockExperimentalVMOptions", "-XX:+EnableJVMCI"};

    @Test
    void vectorsAreTakenHere() {
        assertThat(KernelChoice.choose()).isEqualTo(Kernels.VECTOR);
    }

    @Test
    void cpuIsTheVectorBackend() {
        try (CtcBackend backend = CtcBackends.open("cpu")) {
            assertThat(backend).isInstanceOf(CpuCtc.class);
            assertThat(backend.device()).contains("-bit vectors");
        }
        assertThat(CtcBackends.provider("cpu").devices()).hasSize(1);
        assertThat(CtcBackends.provider("parallel").rank()).isNegative();
    }

    @Test
    void vectorsAreTakenWhereTheirModuleIs() {
        assertThat(java(MODULE)).contains("vectors").contains("as the reference");
    }

    /** Nobody waits for vectors who computes a batch or two; who asks for them has them at once. */
    @Test
    void vectorsAreTakenOnceTheyAreWarm() {
        assertThat(java(MODULE, "-Dtornadoctc.test.warmUp=true"))
                .contains("SCALAR then VECTOR")
                .contains("as the reference");
        assertThat(java("-Dtornadoctc.test.warmUp=true")).contains("as the reference");
    }

    @Test
    void scalarIsTakenWhereTheModuleIsNot() {
        assertThat(java()).contains("scalar").contains("as the reference");
    }

    @Test
    void scalarCanBeForced() {
        assertThat(java(MODULE, "-Dtornadoctc.cpu.vector=false"))
                .contains("scalar")
                .contains("as the reference");
    }

    @Test
    void vectorsCannotBeForcedWithoutTheirModule() {
        assertThat(java("-Dtornadoctc.cpu.vector=true"))
                .contains("tornadoctc.cpu.vector = true, but java was started without --add-modules");
    }

    @Test
    void nothingElseCanBeForced() {
        assertThat(java("-Dtornadoctc.cpu.vector=yes"))
                .contains("tornadoctc.cpu.vector = yes is none of auto, true, false");
    }

    @Test
    void vectorsAreRightBesideJvmci() {
        assertThat(java(MODULE, JVMCI[0], JVMCI[1])).contains("vectors").contains("as the reference");
    }

    @Test
    void scalarIsRightBesideJvmci() {
        assertThat(java(JVMCI)).contains("scalar").contains("as the reference");
    }

    /** What {@link ForkedCheck} says in a JVM with these flags. */
    private static String java(String... flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Collections.addAll(command, flags);
        Collections.addAll(command, "-cp", System.getProperty("java.class.path"), ForkedCheck.class.getName());
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
