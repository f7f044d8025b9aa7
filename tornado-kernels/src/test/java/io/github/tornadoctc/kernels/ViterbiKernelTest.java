package io.github.tornadoctc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.AlignmentOptions;
import io.github.tornadoctc.CtcAlignment;
import io.github.tornadoctc.Wildcards;
import io.github.tornadoctc.reference.ViterbiAlignment;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** δ and its pointers end in the reference's path, whatever the number of lanes. */
@KernelTest
class ViterbiKernelTest {

    /** What the device that this JVM runs kernels on makes of a batch. */
    static List<CtcAlignment> aligned(StageCase what, AlignmentOptions options) {
        BatchPart whole = BatchPart.all(what.batch());
        Capacity capacity = Capacity.of(AlignmentBuffer.ALL, Sizes.of(whole, false, what.mostLanes()));
        TornadoDevice device = TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();
        try (AlignmentPlan plan = new AlignmentPlan(capacity, device)) {
            return plan.execute(whole, options);
        }
    }

    /** With wildcards at both ends. */
    static AlignmentOptions options(StageCase what) {
        return AlignmentOptions.defaults()
                .withScores(what.options().scores())
                .withWildcards(Wildcards.atEnds().costing(Wildcards.Cost.constant(-2)));
    }

    @ParameterizedTest
    @EnumSource
    void pathsAreTheReferences(StageCase what) {
        AlignmentOptions plain = options(what).withWildcards(Wildcards.none());
        for (AlignmentOptions options : List.of(plain, options(what))) {
            List<CtcAlignment> alignments = aligned(what, options);
            for (int b = 0; b < alignments.size(); b++) {
                CtcAlignment expected = ViterbiAlignment.of(what.batch(), b, options);
                assertThat(alignments.get(b).status()).isEqualTo(expected.status());
                assertThat(alignments.get(b).states()).isEqualTo(expected.states());
            }
        }
    }
}
