package io.github.tornadoctc.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tornadoctc.CtcBatch;
import io.github.tornadoctc.CtcOptions;
import io.github.tornadoctc.CtcResult;
import io.github.tornadoctc.ScoreType;
import io.github.tornadoctc.shapes.CtcShape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Utterances of 16-bit scores that several threads share. */
class NarrowRowsTest {
    private static CtcBatch narrow(CtcBatch wide, ScoreType type) {
        long count = wide.scores().byteSize() / Float.BYTES;
        MemorySegment narrow = Arena.ofAuto().allocate(count * type.bytes(), 8);
        type.narrow(wide.scores(), 0, narrow, 0, count);
        int[] lengths = new int[wide.batchSize()];
        int[][] targets = new int[wide.batchSize()][];
        for (int b = 0; b < lengths.length; b++) {
            lengths[b] = wide.inputLength(b);
            targets[b] = wide.target(b);
        }
        return CtcBatch.builder(wide.timeSteps(), wide.batchSize(), wide.symbols())
                .scores(narrow, type)
                .inputLengths(lengths)
                .targets(targets)
                .build();
    }

    @ParameterizedTest
    @CsvSource({"FLOAT16, 20, VECTOR", "BFLOAT16, 20, SCALAR", "FLOAT16, 300, SCALAR", "BFLOAT16, 300, VECTOR"})
    void anyNumberOfThreadsGivesTheSameBits(ScoreType type, int symbols, Kernels kernels) {
        CtcBatch batch = narrow(new CtcShape("narrow", 900, 3, symbols, 90).randomBatch(3), type);
        CtcBatch wide = batch.inFloat32();
        try (ForkJoinPool pool = new ForkJoinPool(6);
                CpuCtc one = new CpuCtc(1, pool, kernels)) {
            CtcResult expected = one.compute(wide, CtcOptions.defaults());
            for (int threads : new int[] {1, 2, 7}) {
                try (CpuCtc several = new CpuCtc(threads, pool, kernels)) {
                    CtcResult result = CtcResult.allocate(batch, CtcOptions.defaults(), ScoreType.FLOAT32);
                    for (int call = 0; call < 2; call++) {
                        several.compute(batch, CtcOptions.defaults(), result);
                        assertThat(result.losses()).isEqualTo(expected.losses());
                        assertThat(result.gradient().mismatch(expected.gradient()))
                                .isEqualTo(-1);
                    }
                }
            }
        }
    }
}
