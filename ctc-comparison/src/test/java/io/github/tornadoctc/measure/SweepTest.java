package io.github.tornadoctc.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.shapes.CtcShape;
import io.github.tornadoctc.shapes.SweptSize;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SweepTest {
    static final List<Sweep> SWEEPS = Sweep.ALL;

    @Test
    void everySizeHasItsSweep() {
        assertThat(Sweep.ALL)
                .extracting(Sweep::size)
                .containsExactly(SweptSize.T, SweptSize.U, SweptSize.B, SweptSize.V);
    }

    @Test
    void aSweepSaysWhatVariesAndWhatDoesNot() {
        Sweep overFrames = Sweep.ALL.getFirst();
        assertThat(overFrames.shapes().getFirst().name()).isEqualTo("T=128 B=8 V=64 U=64");
        assertThat(overFrames.fixed()).isEqualTo("B=8, V=64, U=64");
    }

    @ParameterizedTest
    @FieldSource("SWEEPS")
    void onlyOneSizeVariesAndItDoubles(Sweep sweep) {
        for (int i = 1; i < sweep.shapes().size(); i++) {
            CtcShape shape = sweep.shapes().get(i);
            CtcShape before = sweep.shapes().get(i - 1);
            assertThat(sweep.size().of(shape)).isEqualTo(2 * sweep.size().of(before));
            assertThat(volume(shape)).isEqualTo(2 * volume(before));
        }
    }

    private static long volume(CtcShape shape) {
        return (long) shape.timeSteps() * shape.batchSize() * shape.symbols() * shape.maxTargetLength();
    }

    /** Otherwise a point would be of batches that need less work than their neighbours'. */
    @ParameterizedTest
    @FieldSource("SWEEPS")
    void targetsFitTheirFrames(Sweep sweep) {
        for (CtcShape shape : sweep.shapes()) {
            CtcBatch batch = shape.randomBatch(1);
            for (int b = 0; b < batch.batchSize(); b++) {
                assertThat(batch.inputLength(b)).isGreaterThanOrEqualTo(batch.targetLength(b) + repeats(batch, b));
            }
        }
    }

    private static int repeats(CtcBatch batch, int b) {
        int repeats = 0;
        for (int u = 1; u < batch.targetLength(b); u++) {
            repeats += batch.label(b, u) == batch.label(b, u - 1) ? 1 : 0;
        }
        return repeats;
    }
}
