package io.github.tornadoctc.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.BackendUnavailableException;
import io.github.tornadoctc.CtcAligner;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBackendProvider;
import io.github.tornadoctc.CtcBackends;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceBackendsTest {

    @Test
    void threadsDoNotChangeABit() {
        CtcBatch batch = RandomBatch.of(40, 16, 6, 12, 1);
        CtcResult one = new ReferenceCtc().compute(batch, CtcOptions.defaults());
        CtcResult many = new ParallelCtc().compute(batch, CtcOptions.defaults());
        assertThat(many.losses()).isEqualTo(one.losses());
        assertThat(many.reduced()).isEqualTo(one.reduced());
        assertThat(many.gradient().mismatch(one.gradient())).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "parallel"})
    void everyUtteranceIsAligned(String name) {
        CtcBatch batch = RandomBatch.of(12, 5, 4, 3, 1);
        AlignmentOptions options = AlignmentOptions.defaults();
        try (CtcBackend backend = CtcBackends.open(name)) {
            CtcAligner aligner = backend.operation(CtcAligner.class).orElseThrow();
            List<CtcAlignment> alignments = aligner.align(batch, options);
            assertThat(alignments).hasSize(5);
            for (int b = 0; b < 5; b++) {
                assertThat(alignments.get(b).states())
                        .isEqualTo(ViterbiAlignment.of(batch, b, options).states());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "parallel"})
    void theCpuIsTheOnlyDevice(String name) {
        CtcBackendProvider provider = CtcBackends.provider(name);
        assertThat(provider.devices()).hasSize(1);
        try (CtcBackend backend = provider.open(CtcConfiguration.defaults()
                .withDevice(provider.devices().getFirst().id()))) {
            assertThat(backend.name()).isEqualTo(name);
            assertThat(backend.device()).startsWith("CPU");
        }
        assertThatThrownBy(() -> provider.open(CtcConfiguration.defaults().withDevice("0:1")))
                .isExactlyInstanceOf(BackendUnavailableException.class)
                .hasMessage("device 0:1: backend %s has only device 0", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "parallel"})
    void aClosedBackendComputesNothing(String name) {
        CtcBatch batch = RandomBatch.of(4, 1, 3, 2, 1);
        CtcBackend backend = CtcBackends.open(name);
        backend.close();
        backend.close();
        assertThatThrownBy(() -> backend.compute(batch, CtcOptions.defaults()))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("backend %s is closed", name);
    }

    @Test
    void neitherIsEverChosenAutomatically() {
        assertThat(CtcBackends.provider("reference").rank()).isNegative();
        assertThat(CtcBackends.provider("parallel").rank()).isNegative();
    }
}
