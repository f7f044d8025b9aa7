package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tornadoctc.CtcBackend;
import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcConfiguration;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.kernels.profile.CtcProfile;
import io.github.tornadoctc.kernels.profile.LossProfiler;
import io.github.tornadoctc.kernels.profile.ResidentCall;
import io.github.tornadoctc.kernels.profile.Stage;
import io.github.tornadoctc.shapes.CtcShape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** On the emulator, whose class path this is. */
class ProfilingTest {
    private static final CtcOptions OPTIONS = CtcOptions.defaults();

    private final CtcBatch batch = new CtcShape("small", 10, 2, 5, 3).randomBatch(1);
    private final CtcBackend backend = TornadoProvider.openFirstDevice("emulator", CtcConfiguration.defaults());
    private final LossProfiler profiler = backend.operation(LossProfiler.class).orElseThrow();

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void aStepRunsEveryStage() {
        CtcProfile profile = profiler.profile(batch, OPTIONS, CtcResult.allocate(batch, OPTIONS));
        assertThat(profile.kernels())
                .extracting(CtcProfile.Kernel::stage)
                .containsExactly(Stage.ROWS, Stage.APPROACH, Stage.DEPART, Stage.GRADIENT);
        assertThat(profile.kernels()).allMatch(kernel -> kernel.nanos() > 0);
        assertThat(profile.bytesIn()).isGreaterThanOrEqualTo(batch.scores().byteSize());
        assertThat(profile.deviceNanos()).isGreaterThan(profile.nanos(Stage.APPROACH));
    }

    @Test
    void lossesAloneNeedThree() {
        CtcOptions losses = OPTIONS.withGradient(false);
        CtcProfile profile = profiler.profile(batch, losses, CtcResult.allocate(batch, losses));
        assertThat(profile.kernels())
                .extracting(CtcProfile.Kernel::stage)
                .containsExactly(Stage.ROWS, Stage.APPROACH, Stage.LIKELIHOOD);
    }

    @Test
    void profilingChangesNoResult() {
        CtcResult profiled = CtcResult.allocate(batch, OPTIONS);
        profiler.profile(batch, OPTIONS, profiled);
        CtcResult computed = backend.compute(batch, OPTIONS);
        assertThat(profiled.losses()).isEqualTo(computed.losses());
        assertThat(profiled.reduced()).isEqualTo(computed.reduced());
        assertThat(profiled.gradient().mismatch(computed.gradient())).isEqualTo(-1);
    }

    @Test
    void scoresThatStayOnTheDeviceGiveTheSameBits() {
        CtcResult computed = backend.compute(batch, OPTIONS);
        CtcResult resident = CtcResult.allocate(batch, OPTIONS);
        try (ResidentCall call = profiler.resident(batch, OPTIONS)) {
            call.run();
            call.run();
            call.read(resident);
        }
        assertThat(resident.losses()).isEqualTo(computed.losses());
        assertThat(resident.gradient().mismatch(computed.gradient())).isEqualTo(-1);
    }

    @Test
    void aResidentCallCopiesNothingInAndLikelihoodsOut() {
        long likelihoods = TornadoNativeArray.ARRAY_HEADER + Long.BYTES * Likelihoods.length(batch.batchSize());
        try (ResidentCall call = profiler.resident(batch, OPTIONS)) {
            call.run();
            for (int i = 0; i < 2; i++) {
                CtcProfile profile = call.profile();
                // neither the scores nor what the batch is described as
                assertThat(profile.bytesIn()).isZero();
                assertThat(profile.bytesOut()).isEqualTo(likelihoods);
                assertThat(profile.kernels()).hasSize(Stage.of(true).size());
            }
        }
    }

    @Test
    void aResidentCallGoesOnAfterItsProfile() {
        CtcResult computed = backend.compute(batch, OPTIONS);
        CtcResult resident = CtcResult.allocate(batch, OPTIONS);
        try (ResidentCall call = profiler.resident(batch, OPTIONS)) {
            call.profile();
            call.read(resident);
            assertThat(resident.losses()).isEqualTo(computed.losses());
            call.run();
            call.run();
            call.read(resident);
        }
        assertThat(resident.losses()).isEqualTo(computed.losses());
        assertThat(resident.gradient().mismatch(computed.gradient())).isEqualTo(-1);
    }

    @Test
    void whatHasNotBeenComputedCannotBeRead() {
        try (ResidentCall call = profiler.resident(batch, OPTIONS)) {
            assertThatThrownBy(() -> call.read(CtcResult.allocate(batch, OPTIONS)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aPlanIsMadeOnceForBatchesThatFit() {
        assertThat(profiler.plansMade()).isZero();
        assertThat(profiler.deviceMemory()).isZero();
        backend.compute(batch, OPTIONS);
        long memory = profiler.deviceMemory();
        backend.compute(new CtcShape("smaller", 9, 1, 5, 2).randomBatch(2), OPTIONS);
        assertThat(profiler.plansMade()).isEqualTo(1);
        assertThat(profiler.deviceMemory()).isEqualTo(memory).isPositive();
    }

    @Test
    void targetsInBlocksHaveAPlanOfTheirOwn() {
        CtcBatch inBlocks = new CtcShape("blocks", 550, 1, 3, 520).randomBatch(3);
        CtcResult first = backend.compute(inBlocks, OPTIONS);
        CtcBatch wide = new CtcShape("wide", 500, 1, 3, 400).randomBatch(4);
        for (int i = 0; i < 2; i++) {
            backend.compute(wide, OPTIONS);
            assertThat(backend.compute(inBlocks, OPTIONS).gradient().mismatch(first.gradient()))
                    .isEqualTo(-1);
        }
        assertThat(profiler.plansMade()).isEqualTo(2);
    }

    @Test
    void aCopyHasABandwidth() {
        assertThat(profiler.copyGigabytesPerSecond(5000)).isPositive().isFinite();
    }
}
