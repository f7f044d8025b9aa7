package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.kernels.profile.CtcProfile;
import io.github.tornadoctc.kernels.profile.Stage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

class CopiedOutTest {
    private final FloatArray gradient = new FloatArray(6);
    private final LongArray likelihoods = new LongArray(4);
    private final List<TornadoNativeArray> read = new ArrayList<>();

    @Test
    void whatTheProfilerTellsIsTaken() {
        assertThat(CopiedOut.of(70, 64, List.of(gradient), read::add)).isEqualTo(new CopiedOut(70, 64, true));
        assertThat(read).isEmpty();
    }

    @Test
    void whereItTellsNothingTheArraysAreReadOnceMore() {
        CopiedOut out = CopiedOut.of(0, 0, List.of(gradient, likelihoods), read::add);

        assertThat(read).containsExactly(gradient, likelihoods);
        assertThat(out.reported()).isFalse();
        assertThat(out.bytes())
                .isEqualTo(gradient.getNumBytesOfSegmentWithHeader() + likelihoods.getNumBytesOfSegmentWithHeader());
    }

    @Test
    void whereNothingIsCopiedThereIsNothingToRead() {
        assertThat(CopiedOut.of(0, 0, List.of(), read::add)).isEqualTo(new CopiedOut(0, 0, true));
    }

    @Test
    void nothingElseOfTheProfileChangesWithIt() {
        CtcProfile profile = new CtcProfile(List.of(new CtcProfile.Kernel(Stage.ROWS, 5)), 11, 0, 1024, 0, 2, true);

        assertThat(ProfileLog.with(new CopiedOut(70, 64, false), profile))
                .isEqualTo(new CtcProfile(profile.kernels(), 11, 70, 1024, 64, 2, false));
    }
}
